"""Times and waits: the clock, whose every time is aware and in UTC, and the backoff after failures in a row."""

from collections.abc import Callable
from datetime import UTC, datetime

import attrs

UtcClock = Callable[[], datetime]
"""Returns the current time, aware, in UTC; tests pass a clock that they advance."""


def utc_now() -> datetime:
    """Return the current time, aware, in UTC."""
    return datetime.now(UTC)


def to_utc(value: datetime) -> datetime:
    """Return `value` in UTC; a naive value counts as UTC, because SQLite returns stored times so."""
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def to_utc_or_none(value: datetime | None) -> datetime | None:
    """Return `value` in UTC, or None for None."""
    return None if value is None else to_utc(value)


@attrs.frozen(kw_only=True)
class Backoff:
    """Waits that double with each failure in a row.

    Attributes:
        initial_s: The wait after the first failure, seconds.
        max_s: The longest wait, seconds.
    """

    initial_s: float
    max_s: float = float("inf")

    def delay_s(self, failures: int) -> float:
        """Return the wait after `failures` failures in a row, from 1, in seconds."""
        # The exponent is bounded, because a float overflows at 2**1024.
        return min(self.max_s, self.initial_s * 2.0 ** min(max(0, failures - 1), 63))
