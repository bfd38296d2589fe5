"""Running ffmpeg: the one place that knows where it is and how it is called."""

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
        *arguments: Everything after the global options.
        cwd: Working folder; relative paths in the arguments start here.

    Raises:
        RuntimeError: ffmpeg failed; the message ends with what it said.
    """
    command = [ffmpeg_executable(), "-hide_banner", "-loglevel", "error", "-nostdin", "-y", *map(str, arguments)]
    # The program is ours or the system's, and no argument comes from a request.
    done = subprocess.run(command, cwd=cwd, capture_output=True, check=False)  # noqa: S603
    if done.returncode:
        raise RuntimeError(f"ffmpeg failed ({done.returncode}): {done.stderr.decode(errors='replace')[-500:]}")
