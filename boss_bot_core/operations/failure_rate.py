"""The rate at which downloads fail for reasons that the operator can do something about. Pure."""

from collections import deque

from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.domain.events import JobCompleted, JobEvent, JobFailed

MIN_DOWNLOADS = 10
"""Fewer ended downloads have no rate: one of two is no sign of anything."""

WINDOW_DOWNLOADS = 40
WINDOW_S = 3600.0

_COUNTED = frozenset(
    {
        ErrorType.NETWORK,
        ErrorType.RATE_LIMIT,
        ErrorType.TIMEOUT,
        ErrorType.AUTH_REQUIRED,
        ErrorType.DISK_FULL,
        ErrorType.UNKNOWN,
    }
)
"""Errors of the bot, its machine and its access to sites; the others are about the link that a person gave."""


class FailureRate:
    """Counts the last downloads, at most `WINDOW_DOWNLOADS` and none that ended more than `WINDOW_S` ago."""

    def __init__(self) -> None:
        self._ends: deque[tuple[float, bool]] = deque(maxlen=WINDOW_DOWNLOADS)

    def record(self, event: JobEvent, now_s: float) -> float:
        """Count an event if it is a download's end; return the rate from 0 to 1, 0 for too few downloads."""
        if isinstance(event, JobCompleted):
            self._ends.append((now_s, False))
        elif isinstance(event, JobFailed) and event.error.error_type in _COUNTED:
            self._ends.append((now_s, True))
        while self._ends and now_s - self._ends[0][0] > WINDOW_S:
            self._ends.popleft()
        if len(self._ends) < MIN_DOWNLOADS:
            return 0.0
        return sum(is_failed for _, is_failed in self._ends) / len(self._ends)
