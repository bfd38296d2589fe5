"""Waiting for downloads to end, in this process or in another one that dispatches, and showing them meanwhile."""

import asyncio
from types import TracebackType
from typing import Any, Self
from uuid import UUID

import attrs

from boss_bot_core.app import App
from boss_bot_core.cli.get.progress import ProgressDisplay
from boss_bot_core.domain.events import JobEvent, JobFailed, JobStatusChanged
from boss_bot_core.domain.items import DownloadItem

_POLL_INTERVAL_S = 5.0
"""How long to wait for a signal of the other process before looking without one, seconds: signals can get lost."""


@attrs.frozen(kw_only=True)
class FinalState:
    """How a download ended.

    Attributes:
        item: It, finished.
        retry_after_s: Seconds after which another try is worth it, when the platform told.
    """

    item: DownloadItem
    retry_after_s: float | None = None


class ItemWait:
    """Listens to what happens to this command's downloads; an async context manager."""

    def __init__(self, app: App, view: ProgressDisplay) -> None:
        self._app = app
        self._view = view
        self._ends: dict[UUID, asyncio.Future[FinalState]] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._subscription = app.bus.subscribe()

    async def __aenter__(self) -> Self:
        """Begin to listen."""
        self._tasks.append(asyncio.create_task(self._listen()))
        if self._app.engine is None:
            self._tasks.append(asyncio.create_task(self._follow()))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop listening."""
        self._subscription.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def until_finished(self, item: DownloadItem) -> FinalState:
        """Return how `item` ended, once it has. What breaks the listening is raised here, for nobody else waits."""
        end = self._ends.setdefault(item.id, asyncio.get_running_loop().create_future())
        # It may have ended before anybody listened for it.
        self._take(JobStatusChanged(item=await self._app.services.queue.reader.get(item.id)))
        ends: list[asyncio.Future[Any]] = [end, *self._tasks]
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        for broken in (task for task in self._tasks if task.done()):
            broken.result()
        return await end

    async def _listen(self) -> None:
        async for event in self._subscription:
            self._take(event)

    async def _follow(self) -> None:
        known: dict[UUID, DownloadItem] = {}
        while True:
            for item_id in [item_id for item_id, end in self._ends.items() if not end.done()]:
                item = await self._app.services.queue.reader.get(item_id)
                if known.get(item_id) != item:
                    known[item_id] = item
                    self._app.bus.publish(JobStatusChanged(item=item))
            await self._app.services.notifier.wait(_POLL_INTERVAL_S)

    def _take(self, event: JobEvent) -> None:
        end = self._ends.get(event.item_id)
        if end is None or end.done():
            return
        self._view.show(event)
        if isinstance(event, JobFailed):
            end.set_result(FinalState(item=event.item, retry_after_s=event.error.retry_after))
        elif event.item.is_finished:
            # The event that says how it ended follows at once where this process ran it.
            asyncio.get_running_loop().call_soon(_settle, end, event.item)


def _settle(end: asyncio.Future[FinalState], item: DownloadItem) -> None:
    if not end.done():
        end.set_result(FinalState(item=item))
