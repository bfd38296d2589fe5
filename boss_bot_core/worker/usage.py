"""What a worker and all it started cost in memory.

PSS, not RSS: the pages that workers share with the zygote would be counted once for each of them.

How long something stood still; time that no watchdog may count.
"""

import time
from pathlib import Path

_PROC = Path("/proc")


def read_group_pss_bytes(leader: int) -> int:
    """Return the summed PSS of a process and all its descendants, in bytes; 0 for what is not there (any more).

    Blocking, about a millisecond for each 100 MB mapped.
    """
    return _read_pss_bytes(leader) + sum(read_group_pss_bytes(child) for child in _list_children(leader))


def _list_children(pid: int) -> list[int]:
    try:
        texts = [(task / "children").read_text() for task in (_PROC / str(pid) / "task").iterdir()]
    except OSError:
        return []
    return [int(child) for text in texts for child in text.split()]


def _read_pss_bytes(pid: int) -> int:
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


class PauseClock:
    """Adds up pauses.

    Attributes:
        ended_at: When the last one ended, `time.monotonic()`; 0 before the first.
    """

    def __init__(self) -> None:
        self._paused_at: float | None = None
        self._finished_s = 0.0
        self.ended_at = 0.0

    @property
    def is_paused(self) -> bool:
        """Whether a pause is going on."""
        return self._paused_at is not None

    @property
    def total_s(self) -> float:
        """Seconds of all pauses, the present one included."""
        return self._finished_s + (0.0 if self._paused_at is None else time.monotonic() - self._paused_at)

    def start(self) -> None:
        """Begin a pause; nothing happens within one."""
        self._paused_at = time.monotonic() if self._paused_at is None else self._paused_at

    def stop(self) -> None:
        """End the pause, if there is one."""
        if self._paused_at is not None:
            self._finished_s, self._paused_at, self.ended_at = self.total_s, None, time.monotonic()
