"""Settings that are whole numbers within a range: their parsers, and their annotated types."""

from typing import Annotated

_MAX_NICENESS = 19
_MAX_DAYS = 36_500


def parse_hour(value: object) -> int:
    """Return an hour of the day."""
    return _parse_whole(value, range(24), "an hour from 0 to 23")


def parse_days(value: object) -> int:
    """Return a number of days: a whole number from 1 to 36,500, a century."""
    return _parse_whole(value, range(1, _MAX_DAYS + 1), f"a whole number of days from 1 to {_MAX_DAYS}")


def parse_niceness(value: object) -> int:
    """Return a niceness: a whole number from 0 to 19."""
    return _parse_whole(value, range(_MAX_NICENESS + 1), f"a whole number from 0 to {_MAX_NICENESS}")


def _parse_whole(value: object, allowed: range, told: str) -> int:
    number = int(value) if isinstance(value, str) and value.strip().isdecimal() else value
    if isinstance(number, bool) or not isinstance(number, int) or number not in allowed:
        raise ValueError(told)
    return number


Hour = Annotated[int, parse_hour]
"""An hour of the day, from 0 to 23."""

Days = Annotated[int, parse_days]
"""A number of days, at least one."""

Niceness = Annotated[int, parse_niceness]
"""How far a process gives way to others."""
