"""What workers get from this machine: programs, confinement and watchdog limits."""

import asyncio
import os
import shutil
import ssl
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import attrs

from boss_bot_core.domain.sizes import MEGABYTE
from boss_bot_core.errors import SettingsError
from boss_bot_core.pipeline.worker_limits import WorkerLimits, list_worker_limits
from boss_bot_core.plugin import find_ffmpeg
from boss_bot_core.settings import Settings
from boss_bot_core.worker import Confinement, WatchLimits, WorkerJob

FILE_SLACK_BYTES = 16 * MEGABYTE
"""How much a worker may write beyond the largest file: engines write a little more than they keep."""

CONVERSION_FILES = 4
"""How many times the largest file one file of a conversion may have: a first pass can be larger than its source."""

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


def build_confinement(settings: Settings) -> Confinement:
    """Return the confinement of every worker that does not convert."""
    return Confinement(
        max_file_bytes=settings.download.max_file_size_bytes + FILE_SLACK_BYTES,
        max_cpu_s=int(settings.download.wall_clock_s) + 1,
        programs=find_javascript(),
    )


def build_worker_limits(settings: Settings) -> Mapping[type[WorkerJob], WorkerLimits]:
    """Return the limits of the workers by the kind of their job."""
    download, conversion = settings.download, settings.conversion
    confinement = build_confinement(settings)
    watch = WatchLimits(
        stall_s=download.stall_s,
        wall_clock_s=download.wall_clock_s,
        memory_bytes=download.worker_memory_bytes,
    )
    threads = conversion.conversion_threads
    converting = WorkerLimits(
        confinement=attrs.evolve(
            confinement,
            max_file_bytes=CONVERSION_FILES * download.max_file_size_bytes + FILE_SLACK_BYTES,
            max_cpu_s=int(threads * conversion.conversion_wall_clock_s) + 1,
            niceness=conversion.conversion_niceness,
        ),
        watch=WatchLimits(
            stall_s=conversion.conversion_stall_s,
            wall_clock_s=conversion.conversion_wall_clock_s,
            memory_bytes=conversion.conversion_memory_bytes,
        ),
        slots=asyncio.Semaphore(max(1, (os.cpu_count() or 1) // threads)),
    )
    return list_worker_limits(WorkerLimits(confinement=confinement, watch=watch), converting)
