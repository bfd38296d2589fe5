"""Hook implementations only: the bot imports this module, and must never import a decoder."""

from typing import TYPE_CHECKING

from boss_bot_core.plugin import PostProcessPlan, PostProcessRequest, PostProcessResult, hookimpl
from boss_bot_media._settings import MediaSettings

if TYPE_CHECKING:
    import typer


@hookimpl
def bossbot_settings() -> type[MediaSettings]:
    """Let the operator choose what is converted, and how much of the machine it may use."""
    return MediaSettings


@hookimpl
def bossbot_warm_up() -> None:
    """Import the decoders."""
    import importlib

    importlib.import_module("boss_bot_media.processor")
    importlib.import_module("boss_bot_media.keep_plan")


@hookimpl
def bossbot_plan_post_process(request: PostProcessRequest[MediaSettings]) -> PostProcessPlan | None:
    """Tell which files stay as they are, or only lose their metadata."""
    from boss_bot_media.keep_plan import plan_kept_files

    return plan_kept_files(request)


@hookimpl
def bossbot_post_process(request: PostProcessRequest[MediaSettings]) -> PostProcessResult | None:
    """Convert what does not fit, or does not play everywhere."""
    from boss_bot_media.processor import process_files

    return process_files(request)


@hookimpl
def bossbot_register_cli(app: "typer.Typer") -> None:
    """Add `boss-bot media`."""
    from boss_bot_media.command import app as commands

    app.add_typer(commands, name="media")
