"""Who wants to know what happens to downloads: cards, progress bars and metrics subscribe here.

Publishing never waits and never fails: a slow listener gets only the latest progress of each job, and everything else.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from types import TracebackType
from typing import Self
from uuid import UUID

from boss_bot_core.domain.events import JobEvent, JobProgressed

_Key = tuple[UUID | None, int]


class Subscription:
    """One listener's events, in order: `async for event in subscription`; leave the context to stop listening."""

    def __init__(self, leave: Callable[["Subscription"], None], item_id: UUID | None) -> None:
        self._leave = leave
        self._item_id = item_id
        self._pending: dict[_Key, JobEvent] = {}
        self._count = 0
        self._arrived = asyncio.Event()
        self._closed = False

    def put(self, event: JobEvent) -> None:
        """Take an event; a newer progress of the same job replaces one that nobody has read yet."""
        if self._item_id is not None and event.item_id != self._item_id:
            return
        self._count += 1
        key: _Key = (event.item_id, 0) if isinstance(event, JobProgressed) else (None, self._count)
        self._pending[key] = event
        self._arrived.set()

    def close(self) -> None:
        """End the iteration after what is pending."""
        self._closed = True
        self._arrived.set()
        self._leave(self)

    async def __aiter__(self) -> AsyncIterator[JobEvent]:
        """Yield events until the subscription is closed."""
        while True:
            while self._pending:
                yield self._pending.pop(next(iter(self._pending)))
            if self._closed:
                return
            self._arrived.clear()
            await self._arrived.wait()

    def __enter__(self) -> Self:
        """Listen."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop listening."""
        self.close()


class EventBus:
    """Hands every event to every subscription."""

    def __init__(self) -> None:
        self._subscriptions: set[Subscription] = set()

    def subscribe(self, item_id: UUID | None = None) -> Subscription:
        """Return a new subscription: to one item's events, or to all."""
        subscription = Subscription(self._subscriptions.discard, item_id)
        self._subscriptions.add(subscription)
        return subscription

    def publish(self, event: JobEvent) -> None:
        """Hand `event` to everybody who listens now."""
        for subscription in tuple(self._subscriptions):
            subscription.put(event)

    def close(self) -> None:
        """End every subscription."""
        for subscription in tuple(self._subscriptions):
            subscription.close()
