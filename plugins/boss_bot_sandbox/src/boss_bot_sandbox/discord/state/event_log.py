"""The stream of events: kept in order, told to listeners at once, awaited by tests.

It exists apart from the state so that watching never needs a lock: the list only grows.
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
"""How long what should come at once is waited for: a busy machine may stop a process for seconds."""

T = TypeVar("T")
E = TypeVar("E", bound=Event)

EventFilter: TypeAlias = Callable[[E], bool]
"""Tells whether an event is the one."""


class EventLog:
    """The transcript of one local Discord.

    Attributes:
        entries: Everything that happened, oldest first.
    """

    def __init__(self) -> None:
        self.entries: list[LogEntry] = []
        self._listeners: list[Callable[[Event], None]] = []
        self._changed = asyncio.Event()

    def add_listener(self, listener: Callable[[Event], None]) -> None:
        """Call ``listener`` with every event, before whoever caused it goes on."""
        self._listeners.append(listener)

    def publish(self, event: Event) -> None:
        """Append an event and tell everybody."""
        self.entries.append(LogEntry(len(self.entries), time.monotonic(), event))
        grown, self._changed = self._changed, asyncio.Event()
        grown.set()
        for listener in self._listeners:
            listener(event)

    async def follow(self, start: int | None = None) -> AsyncIterator[LogEntry]:
        """Yield entries as they appear, without end.

        Args:
            start: The first entry's number; None begins with the next event.
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
        """Return what ``pick`` first finds in an event, None meaning nothing.

        Raises:
            TimeoutError: Nothing came in time; the message names the last few events.
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
        """Return the next event of a kind that is as wanted.

        Raises:
            TimeoutError: It did not happen in time.
        """
        return await self.find_first(
            lambda event: event if isinstance(event, kind) and (wanted is None or wanted(event)) else None,
            timeout_s=timeout_s,
            start=start,
        )
