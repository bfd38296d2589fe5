"""How long something stood still; time that no watchdog may count."""

import time


class PauseClock:
    """Adds up pauses.

    Attributes:
        ended_at: When the last one ended, `time.monotonic()`; 0 before the first.
    """

    def __init__(self) -> None:
        self._since: float | None = None
        self._before_s = 0.0
        self.ended_at = 0.0

    @property
    def is_paused(self) -> bool:
        """Whether a pause is going on."""
        return self._since is not None

    @property
    def total_s(self) -> float:
        """Seconds of all pauses, the present one included."""
        return self._before_s + (0.0 if self._since is None else time.monotonic() - self._since)

    def start(self) -> None:
        """Begin a pause; nothing happens within one."""
        self._since = time.monotonic() if self._since is None else self._since

    def stop(self) -> None:
        """End the pause, if there is one."""
        if self._since is not None:
            self._before_s, self._since, self.ended_at = self.total_s, None, time.monotonic()
