"""Tests for the writes of a running job, on a real queue."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from boss_bot_core.database import Database
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.pipeline.event_bus import EventBus
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.queue import DownloadQueue, QueueLimits
from boss_bot_core.testing.store.base import build_new_download


@pytest_asyncio.fixture
async def queue(tmp_path: Path) -> AsyncIterator[DownloadQueue]:
    async with Database.open(f"sqlite:///{tmp_path}/queue.sqlite3") as database:
        yield DownloadQueue(database, QueueLimits, notify=lambda: None)


async def start_job(queue: DownloadQueue) -> RunningJob:
    await queue.submit(build_new_download())
    item = await queue.claim_next()
    assert item is not None
    return RunningJob(item, queue.claims, EventBus())


async def test_a_pause_during_the_upload_has_no_effect(queue: DownloadQueue) -> None:
    job = await start_job(queue)
    await job.advance(DownloadStatus.PROCESSING)
    await job.advance(DownloadStatus.UPLOADING)
    assert await job.pause()
    assert not job.is_paused
    assert (await queue.reader.get(job.item.id)).status is DownloadStatus.UPLOADING


async def test_a_pause_of_a_job_without_a_worker_ends_its_task(queue: DownloadQueue) -> None:
    job = await start_job(queue)
    assert not await job.pause()
    assert (await queue.reader.get(job.item.id)).status is DownloadStatus.PAUSED


async def test_a_resumed_job_continues_in_its_stage(queue: DownloadQueue) -> None:
    job = await start_job(queue)
    await job.advance(DownloadStatus.PROCESSING)
    await job.pause()
    await queue.control.resume(job.item.id)
    again = await queue.claim_next()
    assert again is not None
    await job.resume_with(again)
    row = await queue.reader.get(job.item.id)
    assert (row.status, row.claim, row.attempt_count) == (DownloadStatus.PROCESSING, 2, 1)
