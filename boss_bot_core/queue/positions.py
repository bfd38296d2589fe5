"""The positions of waiting downloads, computed from the forecast and cached until the queue changes.

One change of the queue moves every waiting card: computing the forecast for each of 40 cards would take a fifth of a
second.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from boss_bot_core.domain.clock import UtcClock
from boss_bot_core.domain.progress import QueuePosition
from boss_bot_core.queue.forecast import ExpectedStart

MAX_AGE = timedelta(seconds=1)
"""The time for which positions are valid without a change: another process may change the queue, and waits expire."""

PositionsById = Mapping[UUID, QueuePosition]


def to_positions(starts: Sequence[ExpectedStart]) -> PositionsById:
    """Return the position of each waiting item from the expected starts."""
    return {
        start.item.id: QueuePosition(
            item_id=start.item.id,
            position=position,
            waiting_count=len(starts),
            estimated_wait_s=start.wait_s,
            needs_room=start.needs_room,
        )
        for position, start in enumerate(starts, start=1)
    }


class PositionCache:
    """Caches the positions until the queue changes.

    Args:
        compute: Reads the queue and returns the positions.
        clock: Returns the current time.
    """

    def __init__(self, compute: Callable[[], Awaitable[PositionsById]], clock: UtcClock) -> None:
        self._compute = compute
        self._clock = clock
        self._lock = asyncio.Lock()
        self._changes = 0
        self._cached: tuple[int, datetime, PositionsById] | None = None

    def invalidate(self) -> None:
        """Discard the cached positions, because the queue has changed."""
        self._changes += 1

    async def get(self) -> PositionsById:
        """Return the positions, not older than the last change and not older than `MAX_AGE`."""
        async with self._lock:
            now = self._clock()
            if self._cached is not None:
                changes, computed_at, positions = self._cached
                if changes == self._changes and now - computed_at < MAX_AGE:
                    return positions
            changes = self._changes
            positions = await self._compute()
            self._cached = changes, now, positions
            return positions
