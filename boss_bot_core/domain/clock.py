"""Times: every time in this program is aware and in UTC, and is read through these functions."""

from collections.abc import Callable
from datetime import UTC, datetime

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
