"""Where everybody waits, worked out once for all who ask at about the same time.

A change of the queue moves every card that waits: worked out for each, forty would cost a fifth of a second.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from boss_bot_core.domain.queue_state import QueuePosition
from boss_bot_core.queue.forecast import Start

FRESH = timedelta(seconds=1)
"""How long places hold although this process has changed nothing: another one may have, and time goes on."""

Places = Mapping[UUID, QueuePosition]


def places_of(starts: Sequence[Start]) -> Places:
    """Return the place of each item that waits, from who starts when."""
    return {
        start.item.id: QueuePosition(
            item_id=start.item.id, position=position, of=len(starts), estimated_wait_s=start.wait_s
        )
        for position, start in enumerate(starts, start=1)
    }


class SharedPlaces:
    """The places as of the last change.

    Args:
        work_out: Reads the queue and returns them.
        clock: Tells the time.
    """

    def __init__(self, work_out: Callable[[], Awaitable[Places]], clock: Callable[[], datetime]) -> None:
        self._work_out = work_out
        self._clock = clock
        self._turn = asyncio.Lock()
        self._changes = 0
        self._known: tuple[int, datetime, Places] | None = None

    def forget(self) -> None:
        """The queue has changed."""
        self._changes += 1

    async def get(self) -> Places:
        """Return the places, none of them older than the last change or than a second."""
        async with self._turn:
            now = self._clock()
            if self._known is not None:
                changes, worked_out_at, places = self._known
                if changes == self._changes and now - worked_out_at < FRESH:
                    return places
            changes = self._changes
            places = await self._work_out()
            self._known = changes, now, places
            return places
