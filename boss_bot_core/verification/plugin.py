"""The core's own inspection, as the plugin that it always brings along."""
# ruff: noqa: PLC0415 - the bot's own process loads this module, and never decodes anything

from boss_bot_core.plugin import FileFacts, FileToInspect, hookimpl


@hookimpl
def bossbot_warm_up() -> None:
    """Import the decoders, so that the workers forked afterwards have them."""
    from PIL import Image

    from boss_bot_core.verification import inspection  # noqa: F401 - importing is what this is for

    Image.init()


@hookimpl
def bossbot_inspect_file(file: FileToInspect) -> FileFacts:
    """Look at a file's content."""
    from boss_bot_core.verification.inspection import inspect_file

    return inspect_file(file)
