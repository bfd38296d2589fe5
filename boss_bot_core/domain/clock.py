"""Times and waits: the clock, whose every time is aware and in UTC, written durations, and the backoff."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import attrs

_UNITS_S = {"": 1, "s": 1, "m": 60, "h": 3600}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([smh]?)", re.IGNORECASE | re.ASCII)

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


def format_local_time(when: datetime, now: datetime) -> str:
    """Return a time on this machine's clock as `15:04:10`, with its date unless it is today."""
    local = when.astimezone()
    return local.strftime("%H:%M:%S" if local.date() == now.astimezone().date() else "%Y-%m-%d %H:%M:%S")


def parse_duration(text: str) -> float:
    """Return the seconds of a written duration such as `90s`, `5m` or `1.5h`; a bare number is in seconds.

    Raises:
        ValueError: The text is not a duration.
    """
    found = _DURATION.fullmatch(text.strip())
    if found is None:
        raise ValueError("a duration such as 90s, 5m or 1h, or a number of seconds")
    return float(found[1]) * _UNITS_S[found[2].lower()]


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
