"""Lets each person's orders be taken one after the other, and different people's beside each other.

Whether somebody may have one more today is a question and then a deed: asked six times at once, it would be answered
six times before the first download counts.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary


class Turns:
    """Whose turn it is."""

    def __init__(self) -> None:
        # Each lock is forgotten when nobody holds it or waits for it.
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def of(self, user_id: int) -> AsyncIterator[None]:
        """Wait until no other order of this person is being taken, and keep the turn for the block."""
        lock = self._locks.setdefault(user_id, asyncio.Lock())
        async with lock:
            yield
