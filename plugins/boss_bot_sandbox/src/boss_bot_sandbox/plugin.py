"""Hook implementations of the plugin; every start of the command line imports this module, so it imports little."""

from typing import TYPE_CHECKING

from boss_bot_core.plugin import hookimpl

if TYPE_CHECKING:
    import typer


@hookimpl
def bossbot_register_cli(app: "typer.Typer") -> None:
    """Add ``boss-bot sandbox``."""
    from boss_bot_sandbox.command import command

    app.command("sandbox")(command)
