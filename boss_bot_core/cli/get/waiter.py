"""`DownloadWaiter`: waits until downloads finish, in this process or in another one, and shows their progress."""

import asyncio
from types import TracebackType
from typing import Any, Self
from uuid import UUID

import attrs

from boss_bot_core.app.app import App
from boss_bot_core.cli.get.progress import ProgressDisplay
from boss_bot_core.cli.get.retry_wait import give_up_long_wait
from boss_bot_core.concurrency import cancel_and_wait
from boss_bot_core.domain.events import JobEvent, JobFailed, JobStatusChanged
from boss_bot_core.domain.items import DownloadItem

_POLL_INTERVAL_S = 5.0
"""Maximum wait for a signal of the other process, in seconds; signals can get lost, so the database is read anyway."""


_OWN_SIGNALS_S = 0.3
"""Seconds in which the signals of this process's own engine are waited for together; its events come another way."""


@attrs.frozen(kw_only=True)
class FinalState:
    """The final state of a download.

    Attributes:
        item: The finished item.
        retry_after_s: Seconds after which a new attempt makes sense, if the platform states it.
    """

    item: DownloadItem
    retry_after_s: float | None = None


class DownloadWaiter:
    """Waits for the downloads of one command, and passes their events to a display; an async context manager.

    Args:
        app: The app. If another process dispatches, its changes are read from the database.
        display: Shows the events of the downloads.
        max_wait_s: Longest wait for the next attempt, seconds; a download that would wait longer fails at once.
    """

    def __init__(self, app: App, display: ProgressDisplay, max_wait_s: float) -> None:
        self._app = app
        self._display = display
        self._max_wait_s = max_wait_s
        self._final_states: dict[UUID, asyncio.Future[FinalState]] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._subscription = app.bus.subscribe()

    async def __aenter__(self) -> Self:
        """Start to read events."""
        self._tasks.append(asyncio.create_task(self._read_events()))
        self._tasks.append(asyncio.create_task(self._poll_database()))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop reading events."""
        self._subscription.close()
        await cancel_and_wait(*self._tasks)

    async def wait_until_finished(self, item: DownloadItem) -> FinalState:
        """Wait until `item` is finished, and return its final state.

        An exception of the tasks that read events is raised here, because the wait would never end without them.
        """
        final_state = self._final_states.setdefault(item.id, asyncio.get_running_loop().create_future())
        # The item may have finished before its events were read.
        await self._handle_event(JobStatusChanged(item=await self._app.service.get(item.id)))
        futures: list[asyncio.Future[Any]] = [final_state, *self._tasks]
        await asyncio.wait(futures, return_when=asyncio.FIRST_COMPLETED)
        for failed_task in (task for task in self._tasks if task.done()):
            failed_task.result()
        return await final_state

    async def _read_events(self) -> None:
        async for event in self._subscription:
            await self._handle_event(event)

    async def _poll_database(self) -> None:
        known: dict[UUID, DownloadItem] = {}
        signal = self._app.services.notifier.subscribe()
        while True:
            for item_id in [item_id for item_id, state in self._final_states.items() if not state.done()]:
                item = await self._app.service.get(item_id)
                is_known = known.get(item_id) == item
                known[item_id] = item
                # This process publishes what its engine does. An end that it leaves unsaid was caused elsewhere.
                if (is_known and item.is_finished) if self._app.engine else not is_known:
                    self._app.bus.publish(JobStatusChanged(item=item))
            await signal.wait(_POLL_INTERVAL_S)
            if self._app.engine:
                await asyncio.sleep(_OWN_SIGNALS_S)

    async def _handle_event(self, event: JobEvent) -> None:
        final_state = self._final_states.get(event.item_id)
        if final_state is None or final_state.done():
            return
        failure = await give_up_long_wait(self._app.services.queue.control, event.item, self._max_wait_s)
        if failure is not None:
            self._display.show(JobStatusChanged(item=failure.item))
            event = failure
        self._display.show(event)
        if isinstance(event, JobFailed):
            final_state.set_result(FinalState(item=event.item, retry_after_s=event.error.retry_after))
        elif event.item.is_finished:
            # In the process that runs the download, `JobFailed` follows at once, and only it has `retry_after`.
            asyncio.get_running_loop().call_soon(_set_if_pending, final_state, event.item)


def _set_if_pending(state: asyncio.Future[FinalState], item: DownloadItem) -> None:
    if not state.done():
        state.set_result(FinalState(item=item))
