"""The one way this program makes and reads times: aware, in UTC."""

from collections.abc import Callable
from datetime import UTC, datetime

UtcClock = Callable[[], datetime]
"""Returns the current time, aware, in UTC; tests pass one that they move."""


def utc_now() -> datetime:
    """Return the present time, aware, in UTC."""
    return datetime.now(UTC)


def to_utc(value: datetime) -> datetime:
    """Return `value` in UTC; a naive value is taken as UTC, as SQLite hands it back."""
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def to_utc_or_none(value: datetime | None) -> datetime | None:
    """Return `value` in UTC, or None where there is none."""
    return None if value is None else to_utc(value)
