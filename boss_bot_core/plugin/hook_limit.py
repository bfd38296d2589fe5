"""`HookLimit`: the time limit of a hook that is called between others, such as the match hook of one plugin of many."""

import signal
from types import FrameType, TracebackType
from typing import Self

MATCH_LIMIT_S = 2.0
"""How long one plugin may take to match a link in a worker: the other plugins' answers are then still in time."""


class TimeIsUp(BaseException):
    """The hook took too long; not an `Exception`, so that no handler of the hook catches it."""


class HookLimit:
    """Raises `TimeIsUp` in the block when the time is over.

    A signal interrupts the hook, so the block runs in a process's main thread; a loop or a wait in C code that does not
    look for signals is not interrupted.

    Args:
        limit_s: The time in seconds; None for no limit.
    """

    def __init__(self, limit_s: float | None) -> None:
        self._limit_s = limit_s
        self._is_running = False

    def _end(self, _number: int, _frame: FrameType | None) -> None:
        # The signal may arrive when the hook has just returned.
        if self._is_running:
            raise TimeIsUp

    def __enter__(self) -> Self:
        if self._limit_s is not None:
            self._previous = signal.signal(signal.SIGALRM, self._end)
            self._is_running = True
            signal.setitimer(signal.ITIMER_REAL, self._limit_s)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._is_running = False
        if self._limit_s is not None:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, self._previous)
