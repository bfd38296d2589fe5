"""The event bus: publishes job events to subscribers such as cards, progress bars and metrics.

Publishing never waits and never fails. A slow subscriber gets every event, except that only the latest progress of each
job is kept.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from types import TracebackType
from typing import Self
from uuid import UUID

from boss_bot_core.domain.events import JobEvent, JobProgressed

_Key = tuple[UUID | None, int]


class Subscription:
    """The events of one subscriber, in order: `async for event in subscription`; leaving the context ends it."""

    def __init__(self, on_close: Callable[["Subscription"], None], item_id: UUID | None) -> None:
        self._on_close = on_close
        self._item_id = item_id
        self._pending: dict[_Key, JobEvent] = {}
        self._count = 0
        self._arrived = asyncio.Event()
        self._closed = False

    def put(self, event: JobEvent) -> None:
        """Add an event; a newer progress of the same job replaces an unread one."""
        if self._item_id is not None and event.item_id != self._item_id:
            return
        self._count += 1
        key: _Key = (event.item_id, 0) if isinstance(event, JobProgressed) else (None, self._count)
        self._pending[key] = event
        self._arrived.set()

    def close(self) -> None:
        """End the iteration after the pending events."""
        self._closed = True
        self._arrived.set()
        self._on_close(self)

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
        """Return the subscription, which is open already."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the subscription."""
        self.close()


class EventBus:
    """Passes every event to every subscription."""

    def __init__(self) -> None:
        self._subscriptions: set[Subscription] = set()

    def subscribe(self, item_id: UUID | None = None) -> Subscription:
        """Return a new subscription to the events of one item, or to all events."""
        subscription = Subscription(self._subscriptions.discard, item_id)
        self._subscriptions.add(subscription)
        return subscription

    def publish(self, event: JobEvent) -> None:
        """Pass `event` to all current subscriptions."""
        for subscription in tuple(self._subscriptions):
            subscription.put(event)

    def close(self) -> None:
        """Close every subscription."""
        for subscription in tuple(self._subscriptions):
            subscription.close()
