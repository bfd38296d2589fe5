"""Runs ffmpeg: finds its executable and calls it with the options that all media files share."""

import functools
import shutil
import subprocess
from pathlib import Path

import imageio_ffmpeg


@functools.cache
def ffmpeg_executable() -> str:
    """Return the system's ffmpeg, or the bundled one."""
    return shutil.which("ffmpeg") or str(imageio_ffmpeg.get_ffmpeg_exe())


def run_ffmpeg(*arguments: str | Path, cwd: Path) -> None:
    """Run ffmpeg in ``cwd`` and wait for it.

    Args:
        *arguments: All arguments after the global options.
        cwd: The working directory, to which paths in the arguments are relative.

    Raises:
        RuntimeError: ffmpeg failed; the message contains the end of its error output.
    """
    command = [ffmpeg_executable(), "-hide_banner", "-loglevel", "error", "-nostdin", "-y", *map(str, arguments)]
    # The executable is the bundled or the system's one, and no argument comes from a request.
    done = subprocess.run(command, cwd=cwd, capture_output=True, check=False)  # noqa: S603
    if done.returncode:
        raise RuntimeError(f"ffmpeg failed ({done.returncode}): {done.stderr.decode(errors='replace')[-500:]}")
