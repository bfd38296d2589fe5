"""One run of ffmpeg as a child process: its progress, its end, its CPU time, and why it failed.

The child stays in the worker's process group, so that a cancelled download ends it at once.
"""

import contextlib
import os
import resource
import subprocess
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

import attrs

from boss_bot_core.plugin import EngineBrokenError

_MICROSECONDS: Final = 1_000_000
_KEPT_LINES: Final = 12
_SMALLEST_TIME_S: Final = 60.0

ReportSeconds = Callable[[float], None]
"""Called with the seconds of the result that are done."""


class FfmpegError(Exception):
    """A run of ffmpeg failed; the text is what it said."""


@attrs.frozen(kw_only=True)
class Ffmpeg:
    """The program, and how much of the machine a run may use.

    Attributes:
        program: Its path.
        threads: Threads of a run; 0 for as many as there are cores.
        nice: How far a run gives way to other programs, from 0 to 19.
        shortest_limit_s: The time that every run may take, however short its work is.
    """

    program: Path
    threads: int = 0
    nice: int = 0
    shortest_limit_s: float = _SMALLEST_TIME_S

    def run(self, arguments: Sequence[str | Path], *, time_s: float, report: ReportSeconds | None = None) -> float:
        """Run ffmpeg to its end and return the seconds of CPU time that it took.

        Args:
            arguments: Its arguments after the general ones.
            time_s: The longest time that it may take.
            report: Called with the seconds of the result that are done.

        Raises:
            FfmpegError: It failed.
            EngineBrokenError: It took longer than it may.
        """
        command: list[str | Path] = [self.program, "-hide_banner", "-nostdin", "-y", "-loglevel", "error", "-nostats"]
        command += ["-progress", "pipe:1", "-threads", str(self.threads), "-filter_threads", str(self.threads)]
        before = _read_children_cpu_s()
        said: deque[str] = deque(maxlen=_KEPT_LINES)
        with (
            _start([*command, *arguments], self.nice) as child,
            _time_box(child, max(time_s, self.shortest_limit_s)) as box,
        ):
            for line in child.stdout or ():
                name, _, value = line.strip().partition("=")
                if name == "out_time_us" and value.lstrip("-").isdecimal() and report is not None:
                    report(max(0, int(value)) / _MICROSECONDS)
                elif " " in name:
                    said.append(line.strip())
            status = child.wait()
        if box.is_set():
            raise EngineBrokenError("The conversion took too long.")
        if status:
            raise FfmpegError("; ".join(said) or f"ffmpeg ended with status {status}")
        return _read_children_cpu_s() - before


@contextlib.contextmanager
def _start(command: Sequence[str | Path], nice: int) -> Iterator[subprocess.Popen[str]]:
    child = subprocess.Popen(  # noqa: S603 - the operator's own program, and no shell
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    )
    try:
        # Before its threads start, which inherit it; the program itself may be gone already.
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, child.pid, nice)
        yield child
    finally:
        child.kill()
        child.communicate()


@contextlib.contextmanager
def _time_box(child: subprocess.Popen[str], time_s: float) -> Iterator[threading.Event]:
    """Kill the child after some time; the event tells that this happened."""
    is_over = threading.Event()

    def end() -> None:
        is_over.set()
        child.kill()

    timer = threading.Timer(time_s, end)
    timer.daemon = True
    timer.start()
    try:
        yield is_over
    finally:
        timer.cancel()


def _read_children_cpu_s() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
