"""What the commands of plugins need of the program: which plugins are off, and the operator's setup."""

import typer

from boss_bot_core.app.plugin_settings import load_plugins
from boss_bot_core.app.worker_setup import choose_ffmpeg
from boss_bot_core.errors import SettingsError
from boss_bot_core.plugin.command_setup import READER_KEY, CommandSetup
from boss_bot_core.settings import load


def load_disabled_plugins() -> tuple[str, ...]:
    """Return the plugins that the operator switched off."""
    # The command that needs the settings reports the error; `settings path` and `--help` work without them.
    try:
        return load().download.disabled_plugins
    except SettingsError:
        return ()


def offer_setup(context: typer.Context) -> None:
    """Let a command find its setup in the context, because plugins know the core by its contract only."""
    context.meta[READER_KEY] = _read_setup


def _read_setup(plugin: str) -> CommandSetup[object]:
    settings = load()
    values = load_plugins(settings).get_settings(plugin)
    return CommandSetup(settings=values, ffmpeg=choose_ffmpeg(settings.download.ffmpeg))
