"""Which programs of this machine workers are given, and what of the environment they may see."""

import importlib.util
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

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
    """Return those of this process's variables that are named; one that is not set is left out."""
    return {name: os.environ[name] for name in names if name in os.environ}
