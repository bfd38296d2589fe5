"""Tests for the dispatcher at critical moments, over a real queue: no item keeps waiting or running for ever."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import attrs
import pytest
import pytest_asyncio

from boss_bot_core.concurrency import cancel_and_wait
from boss_bot_core.database import Database, DatabaseError
from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.errors import DownloadError, ErrorType
from boss_bot_core.domain.events import JobCancelled, JobEvent, JobFailed, JobStatusChanged
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.media import DownloadedFile
from boss_bot_core.domain.status import DownloadPriority, DownloadStatus
from boss_bot_core.errors import NetworkError, NoRoomError
from boss_bot_core.pipeline.dispatcher import Dispatcher
from boss_bot_core.pipeline.event_bus import EventBus
from boss_bot_core.pipeline.job_outcome import OutcomeRecorder
from boss_bot_core.pipeline.room_admission import RoomAdmission
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.pipeline.space import SpaceService
from boss_bot_core.queue import DownloadQueue, QueueLimits
from boss_bot_core.queue.notifier import QueueNotifier
from boss_bot_core.queue.start_verdict import RoomJudge
from boss_bot_core.testing.store.base import build_failure, build_new_download
from tests.pipeline.fake_runner import FakeRunner, build_worker
from tests.pipeline.space import build_test_space

_S = DownloadStatus
TIMEOUT_S = 10


@attrs.define
class QueueHarness:
    """A queue, and the events of its dispatcher."""

    queue: DownloadQueue
    space: SpaceService
    notifier: QueueNotifier
    bus: EventBus = attrs.field(factory=EventBus)
    events: list[JobEvent] = attrs.field(factory=list)

    def start(self, work: Callable[[RunningJob], Awaitable[None]]) -> asyncio.Task[None]:
        recorder = OutcomeRecorder(self.queue.claims, self.bus, random.Random(1))
        admission = RoomAdmission(self.queue, self.space)
        return asyncio.create_task(Dispatcher(admission, self.notifier, FakeRunner(work), recorder).run())

    async def wait_for_status(self, item: DownloadItem, status: DownloadStatus) -> DownloadItem:
        async with asyncio.timeout(TIMEOUT_S):
            while (current := await self.queue.reader.get(item.id)).status is not status:
                await asyncio.sleep(0.01)
        return current

    async def pause(self, item: DownloadItem) -> None:
        await self.wait_for_status(item, _S.DOWNLOADING)
        await self.queue.control.pause(item.id)
        await self.wait_for_status(item, _S.PAUSED)


@pytest_asyncio.fixture
async def harness(tmp_path: Path) -> AsyncIterator[QueueHarness]:
    limits = QueueLimits(max_running=1)
    async with Database.open(f"sqlite:///{tmp_path}/queue.db") as database, QueueNotifier(tmp_path) as notifier:
        queue = DownloadQueue(database, lambda: limits, notify=notifier.notify)
        harness = QueueHarness(queue, build_test_space(database, tmp_path), notifier)
        publish = harness.bus.publish

        def record_and_publish(event: JobEvent) -> None:
            harness.events.append(event)
            publish(event)

        harness.bus.publish = record_and_publish  # type: ignore[method-assign]  # records every event at once
        yield harness


async def cancel_dispatcher(task: asyncio.Task[None]) -> None:
    await cancel_and_wait(task)
    assert task.cancelled()


async def do_nothing(_: RunningJob) -> None:
    """Return at once."""


async def wait_for_ever(job: RunningJob) -> None:
    with job.attach_worker(build_worker()):
        await asyncio.Event().wait()


async def test_a_retry_that_becomes_due_right_after_the_claim_is_not_missed(
    harness: QueueHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = await harness.queue.submit(build_new_download())
    first = await harness.queue.claim_next()
    assert first is not None
    due = utc_now() + timedelta(seconds=0.5)
    await harness.queue.claims.schedule_retry(first, build_failure(first), due)
    claim_next = harness.queue.claim_next

    async def claim_slowly(destinations: Collection[str] | None, judge: RoomJudge | None) -> DownloadItem | None:
        found = await claim_next(destinations, judge)
        while utc_now() <= due:
            await asyncio.sleep(0.05)
        return found

    monkeypatch.setattr(harness.queue, "claim_next", claim_slowly)
    dispatcher = harness.start(do_nothing)
    done = await harness.wait_for_status(item, _S.COMPLETED)
    assert done.attempt_count == 2
    await cancel_dispatcher(dispatcher)


async def test_an_outcome_that_could_not_be_written_frees_the_slot(
    harness: QueueHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    complete = harness.queue.claims.complete
    is_broken = True

    async def fail_first_write(item: DownloadItem, files: Sequence[DownloadedFile]) -> DownloadItem:
        nonlocal is_broken
        if is_broken:
            is_broken = False
            raise DatabaseError("The database is locked.")
        return await complete(item, files)

    monkeypatch.setattr(harness.queue.claims, "complete", fail_first_write)
    first, second = [await harness.queue.submit(build_new_download()) for _ in range(2)]
    dispatcher = harness.start(do_nothing)
    for item in (first, second):
        assert (await harness.wait_for_status(item, _S.COMPLETED)).attempt_count == 1
    await cancel_dispatcher(dispatcher)


async def test_a_paused_job_that_is_cancelled_is_published_as_cancelled(harness: QueueHarness) -> None:
    item = await harness.queue.submit(build_new_download())
    dispatcher = harness.start(wait_for_ever)
    await harness.pause(item)
    await harness.queue.control.cancel(item.id)
    async with asyncio.timeout(TIMEOUT_S):
        while not isinstance(harness.events[-1], JobCancelled):
            await asyncio.sleep(0.01)
    statuses = [event.item.status for event in harness.events if isinstance(event, JobStatusChanged | JobCancelled)]
    assert statuses == [_S.DOWNLOADING, _S.PAUSED, _S.CANCELLED, _S.CANCELLED]
    await cancel_dispatcher(dispatcher)


async def test_a_paused_job_that_another_process_displaces_ends_and_is_published_as_failed_once(
    harness: QueueHarness, tmp_path: Path
) -> None:
    low = await harness.queue.submit(build_new_download(priority=DownloadPriority.LOW))
    dispatcher = harness.start(lambda job: wait_for_ever(job) if job.item.id == low.id else do_nothing(job))
    await harness.pause(low)
    (paused,) = [task for task in asyncio.all_tasks() if task.get_name() == f"job {low.short_id}"]
    async with Database.open(f"sqlite:///{tmp_path}/queue.db") as database:
        limits = QueueLimits(max_waiting=1)
        other = DownloadQueue(database, lambda: limits, notify=QueueNotifier(tmp_path).notify)
        for _ in range(2):
            await harness.wait_for_status(await other.submit(build_new_download()), _S.COMPLETED)
    await asyncio.wait_for(paused, TIMEOUT_S)
    failed = [event for event in harness.events if isinstance(event, JobFailed)]
    assert [(event.item_id, event.error.error_type) for event in failed] == [(low.id, ErrorType.QUEUE_FULL)]
    await cancel_dispatcher(dispatcher)


async def test_a_resume_during_the_end_of_a_paused_job_starts_a_new_job(
    harness: QueueHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old job's outcome is refused because its claim has ended; it must not get the new claim."""
    worker_dies, is_writing, may_write = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def fail_first_claim(job: RunningJob) -> None:
        if job.item.claim == 1:
            with job.attach_worker(build_worker()):
                await worker_dies.wait()
            raise NetworkError("The worker died while it was paused.")

    schedule_retry = harness.queue.claims.schedule_retry

    async def write_slowly(item: DownloadItem, error: DownloadError, not_before: datetime) -> DownloadItem:
        is_writing.set()
        await may_write.wait()
        return await schedule_retry(item, error, not_before)

    monkeypatch.setattr(harness.queue.claims, "schedule_retry", write_slowly)
    item = await harness.queue.submit(build_new_download())
    dispatcher = harness.start(fail_first_claim)
    await harness.pause(item)
    worker_dies.set()
    await is_writing.wait()
    await harness.queue.control.resume(item.id)
    await harness.wait_for_status(item, _S.DOWNLOADING)
    await harness.queue.reader.get(item.id)  # by its end, the dispatcher has met the old job
    may_write.set()
    await harness.wait_for_status(item, _S.COMPLETED)
    await cancel_dispatcher(dispatcher)


async def test_a_download_that_waits_for_more_room_uses_up_no_attempt(harness: QueueHarness) -> None:
    shortage = NoRoomError("There is no room.")
    shortage.may_wait = True
    errors = [shortage]

    async def work(_: RunningJob) -> None:
        if errors:
            raise errors.pop()

    item = await harness.queue.submit(build_new_download())
    dispatcher = harness.start(work)
    done = await harness.wait_for_status(item, _S.COMPLETED)
    assert (done.attempt_count, done.claim) == (1, 2)
    await cancel_dispatcher(dispatcher)
