"""What people do without the plugin: one pass of x264 at a constant quality, and the package `ffmpeg4discord`."""

import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import attrs

from boss_bot_core.domain.sizes import MEGABYTE

_TIME_S: Final = 300
_CRF: Final = "28"


@attrs.frozen(kw_only=True)
class Attempt:
    """A file that some tool made.

    Attributes:
        path: The file; None if the tool made none.
        cpu_s: Seconds of CPU time.
    """

    path: Path | None
    cpu_s: float


def measure_cpu_s() -> float:
    """Return the seconds of CPU time of this process and its children so far."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def encode_once(ffmpeg: Path, source: Path, folder: Path) -> Attempt:
    """Encode a file with one pass at a constant quality."""
    output = folder / "once.mp4"
    video = ("-c:v", "libx264", "-preset", "medium", "-crf", _CRF, "-pix_fmt", "yuv420p")
    command: list[str | Path] = [
        ffmpeg,
        "-v",
        "error",
        "-y",
        "-i",
        source,
        *video,
        "-c:a",
        "aac",
        "-b:a",
        "128k",
        output,
    ]
    return run_program(command, lambda: output if output.exists() else None, folder)


def run_ffmpeg4discord(program: Path, ffmpeg: Path, ffprobe: Path, source: Path, folder: Path, limit: int) -> Attempt:
    """Run `ffmpeg4discord` with its defaults and a target size."""
    tools, output = folder / "tools", folder / "peer"
    for path in (tools, output):
        path.mkdir()
    for name, tool in (("ffmpeg", ffmpeg), ("ffprobe", ffprobe)):
        (tools / name).symlink_to(tool)
    copy = shutil.copy(source, folder / f"input{source.suffix}")
    command = [program, copy, "-s", f"{limit / MEGABYTE:.4f}", "-o", f"{output}/"]
    attempt = run_program(command, lambda: max(output.iterdir(), key=os.path.getmtime, default=None), folder, tools)
    Path(copy).unlink()
    return attempt


def run_program(
    command: Sequence[str | Path], find: Callable[[], Path | None], folder: Path, tools: Path | None = None
) -> Attempt:
    """Run a program in a folder, and return what it made and the CPU time that it took.

    Args:
        command: The program and its arguments.
        find: Returns the result.
        folder: Where it runs.
        tools: A folder with programs that it finds first, or None.
    """
    path = os.environ["PATH"] if tools is None else f"{tools}:{os.environ['PATH']}"
    before = measure_cpu_s()
    try:
        subprocess.run(
            command,
            check=False,
            timeout=_TIME_S,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            cwd=folder,
            env={**os.environ, "PATH": path},
        )
    except subprocess.TimeoutExpired:
        return Attempt(path=None, cpu_s=measure_cpu_s() - before)
    return Attempt(path=find(), cpu_s=measure_cpu_s() - before)
