"""The program `boss-bot`: the core's commands, the plugins' commands, and the exit code of each error.

Each command imports its own modules, so that it starts as fast as it can.
"""

import os
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer

from boss_bot_core import __version__
from boss_bot_core.cli.exit_codes import EXIT_FAILED, EXIT_USAGE
from boss_bot_core.cli.standard_streams import OutputError
from boss_bot_core.errors import BossBotError, SettingsError

if TYPE_CHECKING:
    from boss_bot_core.plugin.manager import PluginManager
    from boss_bot_core.zygote_launch import LaunchedZygote

PROGRAM = "boss-bot"
"""The name that people type, also when Python runs the program by another one; shell completion depends on it."""


_COMMANDS = ("get", "run", "plugins", "privacy", "queue", "settings", "storage")


def _add_command(app: typer.Typer, name: str) -> None:
    match name:
        case "get":
            from boss_bot_core.cli.get.command import download_links

            app.command(name)(download_links)
        case "run":
            from boss_bot_core.cli.run import run_discord_bot

            app.command(name)(run_discord_bot)
        case _:
            group = import_module(f"boss_bot_core.cli.{name}")
            app.add_typer(group.app, name=name)


def build_app(plugin_manager: "PluginManager") -> typer.Typer:
    """Return the program with the commands of the core and of the plugins."""
    app = _build_program(_COMMANDS)
    plugin_manager.register_cli(app)
    return app


def _build_program(commands: Iterable[str]) -> typer.Typer:
    app = typer.Typer(name=PROGRAM, no_args_is_help=True, pretty_exceptions_enable=False)
    app.callback()(_handle_global_options)
    for name in commands:
        _add_command(app, name)
    return app


def _build_program_for(arguments: Sequence[str]) -> typer.Typer:
    # The help, completion and the commands of plugins need all of them.
    is_completion = f"_{PROGRAM.upper().replace('-', '_')}_COMPLETE" in os.environ
    if not is_completion and (arguments[:1] == ["--version"] or (arguments and arguments[0] in _COMMANDS)):
        return _build_program(name for name in arguments[:1] if name in _COMMANDS)
    from boss_bot_core.cli.plugin_commands import load_disabled_plugins
    from boss_bot_core.plugin.manager import PluginManager

    return build_app(PluginManager.load(load_disabled_plugins()))


def _show_version(is_requested: bool) -> None:  # noqa: FBT001 - Typer calls it with a positional argument
    if is_requested:
        typer.echo(f"boss-bot {__version__}")
        raise typer.Exit


def _handle_global_options(
    context: typer.Context,
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Fetch the media behind a link."""
    if context.invoked_subcommand not in _COMMANDS:
        from boss_bot_core.cli.plugin_commands import offer_setup

        offer_setup(context)


def run_command_line(arguments: Sequence[str], launched: "LaunchedZygote | None" = None) -> int:
    """Run one command.

    Args:
        arguments: The arguments after `boss-bot`.
        launched: A zygote for the command, which finds it as its context's object.

    Returns:
        The exit code, see `exit_codes`.
    """
    try:
        try:
            _build_program_for(arguments)(args=list(arguments), prog_name=PROGRAM, obj=launched)
        finally:
            sys.stdout.flush()
    except SystemExit as exc:
        return exc.code if isinstance(exc.code, int) else EXIT_FAILED
    except BrokenPipeError:  # the reader has read enough
        return EXIT_FAILED
    except OutputError as exc:
        typer.echo(str(exc), err=True)
        return EXIT_FAILED
    except BossBotError as exc:
        from boss_bot_core.queue import DispatcherRunningError

        typer.echo(str(exc), err=True)
        return EXIT_USAGE if isinstance(exc, SettingsError | DispatcherRunningError) else EXIT_FAILED
    return 0
