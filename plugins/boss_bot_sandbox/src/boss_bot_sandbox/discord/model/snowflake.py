"""Snowflakes: Discord's 64-bit ids, which contain their creation time.

The order of messages and the paging with "before" and "after" depend on them.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import NewType

Snowflake = NewType("Snowflake", int)

EPOCH_MS = 1_420_070_400_000
"""Discord's epoch: the start of 2015 in milliseconds since 1970."""

_COUNTER_BITS = 22


class SnowflakeGenerator:
    """Generates ids that always increase, also within one millisecond."""

    def __init__(self) -> None:
        self._last = 0

    def generate(self) -> Snowflake:
        """Return a new id that is larger than all previous ones."""
        now = (time.time_ns() // 1_000_000 - EPOCH_MS) << _COUNTER_BITS
        self._last = max(now, self._last + 1)
        return Snowflake(self._last)


def created_at(snowflake: Snowflake) -> datetime:
    """Return the creation time of an id in UTC, to the millisecond."""
    return datetime.fromtimestamp(((snowflake >> _COUNTER_BITS) + EPOCH_MS) / 1000, tz=UTC)
