"""What workers get from this machine and its operator: programs, certificates and settings of plugins."""

import shutil
import ssl
import subprocess
from pathlib import Path
from typing import Final

from boss_bot_core.errors import SettingsError
from boss_bot_core.plugin import find_ffmpeg
from boss_bot_core.plugin.declared_settings import PackedSettings, pack_settings
from boss_bot_core.plugin.manager import PluginManager

_JAVASCRIPT = ("deno", "node", "bun", "qjs")
"""Runtimes that yt-dlp can use for sites that need one."""

NO_FFMPEG: Final = (
    "There is no ffmpeg: a video whose picture and sound are separate cannot be fetched, nor the sound of a video "
    'alone, and a video in segments stays as it comes. Install ffmpeg, or "boss-bot-core[ffmpeg]".'
)
"""For the operator of a machine without ffmpeg."""

_START_TIMEOUT_S = 30.0


def choose_ffmpeg(configured: Path | None) -> Path | None:
    """Return the ffmpeg to use: the configured one, or else the one that is found.

    Raises:
        SettingsError: The configured program is not ffmpeg.
    """
    return find_ffmpeg() if configured is None else _check_ffmpeg(configured)


def _check_ffmpeg(program: Path) -> Path:
    """Start the program once, so that a wrong one is refused now and not inside a download."""
    try:
        answer = subprocess.run([program, "-version"], capture_output=True, timeout=_START_TIMEOUT_S, check=False)  # noqa: S603 - the operator named it
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SettingsError(f"ffmpeg: {program} cannot be started ({type(error).__name__}).") from error
    if not answer.stdout.startswith(b"ffmpeg version"):
        raise SettingsError(f"ffmpeg: {program} is another program.")
    return program


def check_authority(ca_file: Path | None) -> Path | None:
    """Return the operator's certificate authority, which engines could not refuse by its name.

    Raises:
        SettingsError: The file has no certificates in PEM form.
    """
    if ca_file is not None:
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(ca_file)
        except OSError as error:
            raise SettingsError(f"ca_file: {ca_file} has no certificates in PEM form.") from error
    return ca_file


def find_javascript() -> tuple[Path, ...]:
    """Return the JavaScript runtimes of this machine."""
    found = (shutil.which(name) for name in _JAVASCRIPT)
    return tuple(Path(path) for path in found if path is not None)


def pack_plugin_settings(plugins: PluginManager) -> dict[str, PackedSettings]:
    """Return the settings of each plugin that has some, in the form in which they travel to a worker."""
    named = ((name, plugin.settings) for name, plugin in plugins.loaded.items())
    return {name: pack_settings(settings) for name, settings in named if settings is not None}
