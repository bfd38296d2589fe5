"""The event log: keeps all events in order, calls listeners immediately, and lets tests wait for events.

Reading needs no lock, because entries are only appended.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from boss_bot_sandbox.discord.events import Event, LogEntry

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

WAIT_TIMEOUT_S = 30.0
"""The default timeout for events that should occur immediately: a busy machine may stop a process for seconds."""

T = TypeVar("T")
E = TypeVar("E", bound=Event)

EventFilter: TypeAlias = Callable[[E], bool]
"""Returns whether an event is the expected one."""


class EventLog:
    """The event log of one local Discord.

    Attributes:
        entries: All entries, oldest first.
    """

    def __init__(self) -> None:
        self.entries: list[LogEntry] = []
        self._listeners: list[Callable[[Event], None]] = []
        self._changed = asyncio.Event()

    def add_listener(self, listener: Callable[[Event], None]) -> None:
        """Call ``listener`` with every event, synchronously in `publish`."""
        self._listeners.append(listener)

    def publish(self, event: Event) -> None:
        """Append an event, wake the followers and call the listeners."""
        self.entries.append(LogEntry(len(self.entries), time.monotonic(), event))
        grown, self._changed = self._changed, asyncio.Event()
        grown.set()
        for listener in self._listeners:
            listener(event)

    async def follow(self, start: int | None = None) -> AsyncIterator[LogEntry]:
        """Yield entries as they are appended, without end.

        Args:
            start: The number of the first entry; None begins with the next event.
        """
        position = len(self.entries) if start is None else start
        while True:
            grown = self._changed
            while position < len(self.entries):
                yield self.entries[position]
                position += 1
            if grown is self._changed:
                await grown.wait()

    async def find_first(self, pick: Callable[[Event], T | None], *, timeout_s: float, start: int | None = None) -> T:
        """Return the first value other than None that ``pick`` returns for an event.

        Raises:
            TimeoutError: No event matched in time; the message names the last eight events.
        """
        try:
            async with asyncio.timeout(timeout_s):
                async for entry in self.follow(start):
                    if (found := pick(entry.event)) is not None:
                        return found
        except TimeoutError:
            last = ", ".join(type(entry.event).__name__ for entry in self.entries[-8:])
            raise TimeoutError(f"not within {timeout_s} s; the last events were: {last}") from None
        raise RuntimeError("following the log has no end")

    async def wait_for(
        self,
        kind: type[E],
        wanted: EventFilter[E] | None = None,
        *,
        timeout_s: float,
        start: int | None = None,
    ) -> E:
        """Return the next event of a type that ``wanted`` accepts.

        Raises:
            TimeoutError: There was no such event in time.
        """
        return await self.find_first(
            lambda event: event if isinstance(event, kind) and (wanted is None or wanted(event)) else None,
            timeout_s=timeout_s,
            start=start,
        )
