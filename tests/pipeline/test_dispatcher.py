"""The dispatcher at awkward moments, over a real queue: nothing is left waiting or running for ever."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import attrs
import pytest
import pytest_asyncio

from boss_bot_core.database import Database, DatabaseError
from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.errors import DownloadError
from boss_bot_core.domain.events import JobCancelled, JobEvent, JobStatusChanged
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.media import DownloadedFile
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.errors import NetworkError
from boss_bot_core.pipeline.dispatcher import Dispatcher
from boss_bot_core.pipeline.event_bus import EventBus
from boss_bot_core.pipeline.job_outcome import OutcomeRecorder
from boss_bot_core.pipeline.runner import CompletedRun
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.queue import DownloadQueue, QueueLimits
from boss_bot_core.queue.notifier import QueueNotifier
from boss_bot_core.testing.store.base import build_download_error, build_new_download

_S = DownloadStatus
WITHIN_S = 10


class FakeWorker:
    """A worker that stands still when it is told to: there is no process behind it."""

    async def pause(self) -> None:
        pass

    async def resume(self) -> None:
        pass


@attrs.define
class FakeRunner:
    """Runs jobs as a test says."""

    work: Callable[[RunningJob], Awaitable[None]]

    @property
    def destinations(self) -> Collection[str]:
        return {"folder"}

    async def run(self, job: RunningJob) -> CompletedRun:
        await self.work(job)
        await job.advance(_S.PROCESSING)
        await job.advance(_S.UPLOADING)
        return CompletedRun(files=(), receipts=())


@attrs.define
class QueueHarness:
    """A queue, and what its dispatcher tells."""

    queue: DownloadQueue
    notifier: QueueNotifier
    bus: EventBus = attrs.field(factory=EventBus)
    events: list[JobEvent] = attrs.field(factory=list)

    def start(self, work: Callable[[RunningJob], Awaitable[None]]) -> asyncio.Task[None]:
        recorder = OutcomeRecorder(self.queue.claims, self.bus, random.Random(1))
        return asyncio.create_task(Dispatcher(self.queue, self.notifier, FakeRunner(work), self.bus, recorder).run())

    async def wait_for_status(self, item: DownloadItem, status: DownloadStatus) -> DownloadItem:
        async with asyncio.timeout(WITHIN_S):
            while (current := await self.queue.reader.get(item.id)).status is not status:
                await asyncio.sleep(0.01)
        return current


@pytest_asyncio.fixture
async def harness(tmp_path: Path) -> AsyncIterator[QueueHarness]:
    limits = QueueLimits(max_running=1)
    async with Database.open(f"sqlite:///{tmp_path}/queue.db") as database, QueueNotifier(tmp_path) as wakeup:
        harness = QueueHarness(DownloadQueue(database, lambda: limits, notify=wakeup.notify), wakeup)
        publish = harness.bus.publish

        def keep(event: JobEvent) -> None:
            harness.events.append(event)
            publish(event)

        harness.bus.publish = keep  # type: ignore[method-assign]  # hears everything, and at once
        yield harness


async def cancel_dispatcher(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait({task})
    assert task.cancelled()


async def do_nothing(_: RunningJob) -> None:
    """Have nothing to do."""


async def test_a_retry_that_becomes_due_right_after_a_look_is_not_slept_through(
    harness: QueueHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = await harness.queue.submit(build_new_download())
    first = await harness.queue.claim_next()
    assert first is not None
    due = utc_now() + timedelta(seconds=0.5)
    await harness.queue.claims.schedule_retry(first, build_download_error(first), due)
    claim_next = harness.queue.claim_next

    async def claim_and_dawdle(destinations: Collection[str] | None = None) -> DownloadItem | None:
        found = await claim_next(destinations)
        while utc_now() <= due:
            await asyncio.sleep(0.05)
        return found

    monkeypatch.setattr(harness.queue, "claim_next", claim_and_dawdle)
    dispatching = harness.start(do_nothing)
    done = await harness.wait_for_status(item, _S.COMPLETED)
    assert done.attempt_count == 2
    await cancel_dispatcher(dispatching)


async def test_an_end_that_could_not_be_written_gives_the_slot_back(
    harness: QueueHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    complete = harness.queue.claims.complete
    broken = True

    async def complete_later(item: DownloadItem, files: Sequence[DownloadedFile]) -> DownloadItem:
        nonlocal broken
        if broken:
            broken = False
            raise DatabaseError("The database is locked.")
        return await complete(item, files)

    monkeypatch.setattr(harness.queue.claims, "complete", complete_later)
    first, second = [await harness.queue.submit(build_new_download()) for _ in range(2)]
    dispatching = harness.start(do_nothing)
    for item in (first, second):
        assert (await harness.wait_for_status(item, _S.COMPLETED)).attempt_count == 1
    await cancel_dispatcher(dispatching)


async def test_a_cancelled_pause_is_told_as_cancelled(harness: QueueHarness) -> None:
    async def stand(job: RunningJob) -> None:
        with job.attach_worker(FakeWorker()):
            await asyncio.Event().wait()

    item = await harness.queue.submit(build_new_download())
    dispatching = harness.start(stand)
    await harness.wait_for_status(item, _S.DOWNLOADING)
    await harness.queue.control.pause(item.id)
    await harness.wait_for_status(item, _S.PAUSED)
    await harness.queue.control.cancel(item.id)
    async with asyncio.timeout(WITHIN_S):
        while not isinstance(harness.events[-1], JobCancelled):
            await asyncio.sleep(0.01)
    told = [event.item.status for event in harness.events if isinstance(event, JobStatusChanged | JobCancelled)]
    assert told == [_S.DOWNLOADING, _S.PAUSED, _S.CANCELLED, _S.CANCELLED]
    await cancel_dispatcher(dispatching)


async def test_a_resume_that_meets_the_end_of_a_paused_job_begins_anew(
    harness: QueueHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old job's end is refused, for its claim is over: the new claim must not have been given to it."""
    breaks, writing, written = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def break_once(job: RunningJob) -> None:
        if job.item.claim == 1:
            with job.attach_worker(FakeWorker()):
                await breaks.wait()
            raise NetworkError("The worker died while it stood still.")

    retry_later = harness.queue.claims.schedule_retry

    async def write_slowly(item: DownloadItem, error: DownloadError, not_before: datetime) -> DownloadItem:
        writing.set()
        await written.wait()
        return await retry_later(item, error, not_before)

    monkeypatch.setattr(harness.queue.claims, "schedule_retry", write_slowly)
    item = await harness.queue.submit(build_new_download())
    dispatching = harness.start(break_once)
    await harness.wait_for_status(item, _S.DOWNLOADING)
    await harness.queue.control.pause(item.id)
    await harness.wait_for_status(item, _S.PAUSED)
    breaks.set()
    await writing.wait()
    await harness.queue.control.resume(item.id)
    await harness.wait_for_status(item, _S.DOWNLOADING)
    await asyncio.sleep(0.05)
    written.set()
    await harness.wait_for_status(item, _S.COMPLETED)
    await cancel_dispatcher(dispatching)
