"""The program: its commands, those of plugins, and how errors end it."""

from collections.abc import Sequence
from typing import Annotated

import typer

from boss_bot_core import __version__
from boss_bot_core.cli import plugins, queue, settings
from boss_bot_core.cli import run as bot
from boss_bot_core.cli.get import command
from boss_bot_core.errors import BossBotError, SettingsError
from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.queue import DispatcherRunningError
from boss_bot_core.settings import load

EXIT_FAILED = 1
EXIT_USAGE = 2


def build_app(plugin_manager: PluginManager) -> typer.Typer:
    """Return the program with the core's commands and the plugins'."""
    app = typer.Typer(
        name="boss-bot",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(_options)
    app.command("get")(command.command)
    app.command("run")(bot.command)
    app.add_typer(plugins.app, name="plugins")
    app.add_typer(queue.app, name="queue")
    app.add_typer(settings.app, name="settings")
    plugin_manager.register_cli(app)
    return app


def _show_version(spec: bool) -> None:  # noqa: FBT001 - Typer calls it so
    if spec:
        typer.echo(f"boss-bot {__version__}")
        raise typer.Exit


def _options(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Fetch the media behind a link."""


def run(arguments: Sequence[str]) -> int:
    """Run one command.

    Args:
        arguments: What stands behind `boss-bot`.

    Returns:
        The exit code: 0, 1 for a failure, 2 for wrong usage or settings, 130 after Ctrl-C.
    """
    try:
        build_app(PluginManager.load(_disabled()))(args=list(arguments))
    except SystemExit as exc:
        return exc.code if isinstance(exc.code, int) else EXIT_FAILED
    except (SettingsError, DispatcherRunningError) as exc:
        return _fail(str(exc), EXIT_USAGE)
    except BossBotError as exc:
        return _fail(str(exc), EXIT_FAILED)
    return 0


def _disabled() -> tuple[str, ...]:
    # Wrong settings are told by the command that needs them; `settings path` and `--help` work all the same.
    try:
        return load().download.disabled_plugins
    except SettingsError:
        return ()


def _fail(text: str, code: int) -> int:
    typer.echo(text, err=True)
    return code
