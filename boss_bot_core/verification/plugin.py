"""The core's built-in plugin, which inspects files in the workers."""
# ruff: noqa: PLC0415 - the bot's own process loads this module, and never decodes a file

from boss_bot_core.plugin import FileFacts, FileToInspect, hookimpl


@hookimpl
def bossbot_warm_up() -> None:
    """Import the decoders, so that all workers forked later have them."""
    from boss_bot_core.verification import inspection  # noqa: F401 - importing is what this is for
    from boss_bot_core.verification.images import load_decoders

    load_decoders()


@hookimpl
def bossbot_inspect_file(file: FileToInspect) -> FileFacts:
    """Inspect a file's content."""
    from boss_bot_core.verification.inspection import inspect_file

    return inspect_file(file)
