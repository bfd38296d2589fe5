"""What workers get from this machine: programs, environment variables, confinement and watchdog limits."""

import importlib.util
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from boss_bot_core.domain.sizes import MEGABYTE
from boss_bot_core.settings import Settings
from boss_bot_core.worker import Confinement, WatchLimits

FILE_SLACK_BYTES = 16 * MEGABYTE
"""How much a worker may write beyond the largest file: engines write a little more than they keep."""

_JAVASCRIPT = ("deno", "node", "bun", "qjs")
"""Runtimes that yt-dlp can use for sites that need one."""


def find_ffmpeg(configured: Path | None) -> Path | None:
    """Return the ffmpeg to use: the configured one, the system's, or that of the package imageio-ffmpeg."""
    if configured is not None:
        return configured
    system = shutil.which("ffmpeg")
    if system is not None:
        return Path(system)
    if importlib.util.find_spec("imageio_ffmpeg") is None:
        return None
    import imageio_ffmpeg  # noqa: PLC0415 - not a dependency of the core: a plugin brings it

    return Path(imageio_ffmpeg.get_ffmpeg_exe())


def find_javascript() -> tuple[Path, ...]:
    """Return the JavaScript runtimes of this machine."""
    found = (shutil.which(name) for name in _JAVASCRIPT)
    return tuple(Path(path) for path in found if path is not None)


def select_environment(names: Iterable[str]) -> dict[str, str]:
    """Return this process's environment variables with these names, without those that are not set."""
    return {name: os.environ[name] for name in names if name in os.environ}


def build_confinement(settings: Settings) -> Confinement:
    """Return the confinement of every worker."""
    return Confinement(
        max_file_bytes=settings.download.max_file_size_bytes + FILE_SLACK_BYTES,
        max_cpu_s=int(settings.download.wall_clock_s) + 1,
        programs=find_javascript(),
    )


def build_watch_limits(settings: Settings) -> WatchLimits:
    """Return the limits at which the watchdog kills a worker."""
    download = settings.download
    return WatchLimits(
        stall_s=download.stall_s,
        wall_clock_s=download.wall_clock_s,
        memory_bytes=download.worker_memory_bytes,
    )
