"""The program `boss-bot`: the core's commands, the plugins' commands, and the exit code of each error."""

from collections.abc import Sequence
from typing import Annotated

import typer

from boss_bot_core import __version__
from boss_bot_core.cli import plugins, queue, run, settings
from boss_bot_core.cli.exit_codes import EXIT_FAILED, EXIT_USAGE
from boss_bot_core.cli.get import command
from boss_bot_core.errors import BossBotError, SettingsError
from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.queue import DispatcherRunningError
from boss_bot_core.settings import load

PROGRAM = "boss-bot"
"""The name that people type, also when Python runs the program by another one; shell completion depends on it."""


def build_app(plugin_manager: PluginManager) -> typer.Typer:
    """Return the program with the commands of the core and of the plugins."""
    app = typer.Typer(
        name=PROGRAM,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
    )
    app.callback()(_handle_global_options)
    app.command("get")(command.download_links)
    app.command("run")(run.run_discord_bot)
    app.add_typer(plugins.app, name="plugins")
    app.add_typer(queue.app, name="queue")
    app.add_typer(settings.app, name="settings")
    plugin_manager.register_cli(app)
    return app


def _show_version(is_requested: bool) -> None:  # noqa: FBT001 - Typer calls it with a positional argument
    if is_requested:
        typer.echo(f"boss-bot {__version__}")
        raise typer.Exit


def _handle_global_options(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Fetch the media behind a link."""


def run_command_line(arguments: Sequence[str]) -> int:
    """Run one command.

    Args:
        arguments: The arguments after `boss-bot`.

    Returns:
        The exit code, see `exit_codes`.
    """
    try:
        build_app(PluginManager.load(_load_disabled_plugins()))(args=list(arguments), prog_name=PROGRAM)
    except SystemExit as exc:
        return exc.code if isinstance(exc.code, int) else EXIT_FAILED
    except (SettingsError, DispatcherRunningError) as exc:
        return _print_error(str(exc), EXIT_USAGE)
    except BossBotError as exc:
        return _print_error(str(exc), EXIT_FAILED)
    return 0


def _load_disabled_plugins() -> tuple[str, ...]:
    # The command that needs the settings reports the error; `settings path` and `--help` work without them.
    try:
        return load().download.disabled_plugins
    except SettingsError:
        return ()


def _print_error(text: str, code: int) -> int:
    """Print an error to standard error, and return its exit code."""
    typer.echo(text, err=True)
    return code
