"""Tests for pause, resume, cancel and retry of real downloads."""

import asyncio
import hashlib
from itertools import pairwise

import pytest

from boss_bot_core.app.app import open_app
from boss_bot_core.domain.events import JobCancelled, JobCompleted, JobProgressed, JobQueued, JobStatusChanged
from boss_bot_core.domain.status import DownloadPriority, DownloadStatus, can_transition
from boss_bot_core.pipeline import dispatcher
from boss_bot_core.settings import Settings
from boss_bot_sandbox.site import MediaLibrary, RemoteSite
from boss_bot_sandbox.site.media.payload import PaddedMp4
from tests.pipeline.conftest import AppHarness

SIZE_BYTES = 900_000
SLOW = f"throttled/250000/clip.mp4?size_bytes={SIZE_BYTES}"
_S = DownloadStatus


def compute_checksum(site: RemoteSite) -> str:
    return PaddedMp4(MediaLibrary(site.ca_file.parent / "media").read("clip.mp4"), SIZE_BYTES).sha256()


async def test_a_download_publishes_each_of_its_statuses(harness: AppHarness) -> None:
    item = await harness.submit("files/clip.mp4")
    done = await harness.wait_until(item, lambda current: current.is_finished)
    assert done.status is _S.COMPLETED
    await asyncio.sleep(0)
    statuses = [event.item.status for event in harness.events if isinstance(event, JobQueued | JobStatusChanged)]
    assert statuses == [_S.QUEUED, _S.DOWNLOADING, _S.PROCESSING, _S.UPLOADING, _S.COMPLETED]
    assert all(can_transition(before, after) for before, after in pairwise(statuses))
    assert isinstance(harness.events[-1], JobCompleted)
    assert (done.attempt_count, done.progress) == (1, 1.0)


async def test_progress_is_published_while_bytes_arrive(harness: AppHarness) -> None:
    item = await harness.submit(SLOW)
    await harness.wait_until(item, lambda current: current.is_finished)
    updates = [event.update for event in harness.events if isinstance(event, JobProgressed)]
    assert [update.bytes_downloaded for update in updates] == sorted(update.bytes_downloaded for update in updates)
    assert updates[-1].total_bytes == SIZE_BYTES
    assert any(0 < (update.fraction or 0) < 1 for update in updates)


async def test_a_paused_download_receives_nothing_and_resumes_over_the_same_connection(harness: AppHarness) -> None:
    item = await harness.submit(SLOW)
    await harness.wait_for_part(item, more_than=100_000)
    await harness.app.service.pause(item)
    paused = await harness.wait_until(item, lambda current: current.status is _S.PAUSED)
    assert paused.attempt_count == 0
    folder = harness.app.services.storage.layout.temp_folder(item.id)
    sizes = []
    # While it is paused, other downloads run from their start to their end.
    for name in ("photo-1.jpg", "photo-2.png"):
        other = await harness.submit(f"files/{name}")
        await harness.wait_until(other, lambda current: current.is_finished)
        sizes.append(sum(path.stat().st_size for path in folder.rglob("*.part")))
    assert sizes[0] == sizes[1] < SIZE_BYTES
    await harness.app.service.resume(item)
    done = await harness.wait_until(item, lambda current: current.is_finished)
    assert done.status is _S.COMPLETED
    (file,) = harness.out.glob("*.mp4")
    assert hashlib.sha256(file.read_bytes()).hexdigest() == compute_checksum(harness.site)
    assert len(harness.site.requests.matching("/throttled/")) == 1


async def test_a_long_pause_ends_the_worker_and_a_resume_continues_its_part_file(
    harness: AppHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatcher, "PAUSE_GRACE_S", 0.2)
    item = await harness.submit(SLOW)
    await harness.wait_for_part(item, more_than=100_000)
    await harness.app.service.pause(item)
    await harness.wait_until(item, lambda current: current.status is _S.PAUSED)
    assert harness.app.engine is not None
    async with asyncio.timeout(30):
        while harness.app.engine.proxy.connection_count:  # the worker's, which ends with it
            await asyncio.sleep(0.02)
    await harness.app.service.resume(item)
    done = await harness.wait_until(item, lambda current: current.is_finished)
    assert done.status is _S.COMPLETED
    (file,) = harness.out.iterdir()
    assert hashlib.sha256(file.read_bytes()).hexdigest() == compute_checksum(harness.site)
    first, second = harness.site.requests.matching("/throttled/")
    assert not first.range
    assert second.range


async def test_a_cancelled_download_ends_at_once_and_can_be_retried(harness: AppHarness) -> None:
    item = await harness.submit(SLOW)
    await harness.wait_for_part(item, more_than=50_000)
    await harness.app.service.cancel(item)
    done = await harness.wait_until(item, lambda current: current.is_finished)
    assert done.status is _S.CANCELLED
    async with asyncio.timeout(30):
        while not isinstance(harness.events[-1], JobCancelled):
            await asyncio.sleep(0.02)
    again = await harness.app.service.cancel(item)
    assert again.item.status is _S.CANCELLED
    await harness.app.service.retry(item)
    done = await harness.wait_until(item, lambda current: current.status is _S.COMPLETED)
    assert done.attempt_count == 1


async def test_a_paused_download_can_be_cancelled(harness: AppHarness) -> None:
    item = await harness.submit(SLOW)
    await harness.wait_for_part(item, more_than=50_000)
    await harness.app.service.pause(item)
    await harness.wait_until(item, lambda current: current.status is _S.PAUSED)
    await harness.app.service.cancel(item)
    assert (await harness.get_item(item)).status is _S.CANCELLED


async def test_a_user_has_at_most_two_running_downloads_and_high_priority_starts_first(harness: AppHarness) -> None:
    slow = [await harness.submit(f"throttled/400000/clip.mp4?size_bytes={SIZE_BYTES + n}") for n in range(3)]
    urgent = await harness.submit("files/clip.webm", priority=DownloadPriority.HIGH)
    done = await harness.wait_until(urgent, lambda current: current.is_finished)
    assert done.status is _S.COMPLETED
    for item in slow:
        await harness.wait_until(item, lambda current: current.is_finished)
    starts = [event.item.id for event in harness.events
              if isinstance(event, JobStatusChanged) and event.item.status is _S.DOWNLOADING]  # fmt: skip
    assert starts.index(urgent.id) == 2


async def test_another_process_can_cancel_a_running_download(settings: Settings, harness: AppHarness) -> None:
    item = await harness.submit(SLOW)
    await harness.wait_for_part(item, more_than=50_000)
    async with open_app(settings) as other_app:
        assert other_app.engine is None
        await other_app.service.cancel(item)
        done = await harness.wait_until(item, lambda current: current.is_finished)
    assert done.status is _S.CANCELLED
