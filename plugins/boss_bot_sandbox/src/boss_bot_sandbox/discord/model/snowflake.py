"""Discord's 64-bit ids, which carry their creation time.

They exist apart from everything that has one because ordering of messages and "before/after" paging rest on them.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import NewType

Snowflake = NewType("Snowflake", int)

EPOCH_MS = 1_420_070_400_000
"""First second of 2015 in milliseconds since 1970; Discord counts from there."""

_COUNTER_BITS = 22


class SnowflakeGenerator:
    """Makes ids that always grow, however many are made in one millisecond."""

    def __init__(self) -> None:
        self._last = 0

    def generate(self) -> Snowflake:
        """Return a new id, larger than every one before it."""
        now = (time.time_ns() // 1_000_000 - EPOCH_MS) << _COUNTER_BITS
        self._last = max(now, self._last + 1)
        return Snowflake(self._last)


def created_at(snowflake: Snowflake) -> datetime:
    """Return the UTC time an id was made at, to the millisecond."""
    return datetime.fromtimestamp(((snowflake >> _COUNTER_BITS) + EPOCH_MS) / 1000, tz=UTC)
