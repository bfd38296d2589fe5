"""Tests for the reuse stage: when stored files are reused, and when media are downloaded again."""

from collections.abc import AsyncIterator
from pathlib import Path

import attrs
import pytest_asyncio

from boss_bot_core.database import Database
from boss_bot_core.domain.events import JobDescribed, JobReused, JobStatusChanged
from boss_bot_core.domain.items import Destination, NewDownload
from boss_bot_core.domain.link import DownloadOptions
from boss_bot_core.domain.media import MediaInfo, SkippedFile
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.pipeline.event_bus import EventBus
from boss_bot_core.pipeline.file_limits import FileLimits
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.pipeline.stages.reuse import ReuseStage
from boss_bot_core.plugin import FetchedFile, FileFacts
from boss_bot_core.queue import DownloadQueue, QueueLimits
from boss_bot_core.storage import Quota, Storage, StorageLayout, VerifiedDownload, VerifiedFile

FIRST = NewDownload(
    url="https://x.com/a/status/1",
    media_key="twitter:1",
    plugin="twitter",
    destination=Destination(kind="discord", target="3"),
    max_file_size_bytes=1000,
    user_id=1,
    guild_id=2,
    channel_id=3,
)
SECOND = attrs.evolve(FIRST, url="https://fxtwitter.com/a/status/1", user_id=11, guild_id=12, channel_id=13)
MEDIA = MediaInfo(title="A cat", adult=True)


@attrs.define
class ReuseHarness:
    """A queue, a storage, and the reuse of its files."""

    database: Database
    queue: DownloadQueue
    storage: Storage
    events: EventBus = attrs.field(factory=EventBus)
    limits: FileLimits = attrs.field(factory=lambda: FileLimits(cap_bytes=10_000, is_converting=False))

    async def claim(self, new: NewDownload) -> RunningJob:
        await self.queue.submit(new)
        item = await self.queue.claim_next()
        assert item is not None
        return RunningJob(item, self.queue.claims, self.events)

    async def complete(self, new: NewDownload = FIRST, *, skipped: tuple[SkippedFile, ...] = ()) -> RunningJob:
        """Complete a download."""
        job = await self.claim(new)
        path = await self.storage.open_temp(job.item) / "clip.mp4"
        path.write_bytes(b"meow")
        facts = FileFacts(mime_type="video/mp4", extension=".mp4")
        file = VerifiedFile(fetched=FetchedFile(path=path), facts=facts)
        files = await self.storage.store(VerifiedDownload(item=job.item, files=(file,), media=MEDIA, skipped=skipped))
        await self.storage.discard_temp(job.item.id)
        await job.advance(DownloadStatus.PROCESSING)
        await job.advance(DownloadStatus.UPLOADING)
        await self.queue.claims.complete(job.item, files)
        return job

    async def is_reused(self, new: NewDownload) -> bool:
        job = await self.claim(new)
        delivery = await ReuseStage(self.database, self.storage, self.limits).run(job)
        await self.queue.claims.cancel_running(job.item)
        return delivery is not None


@pytest_asyncio.fixture
async def harness(tmp_path: Path) -> AsyncIterator[ReuseHarness]:
    storage = Storage(
        layout=StorageLayout(tmp_path / "data", tmp_path / "cache"),
        quota=Quota(temp_bytes=10**9, guild_daily_bytes=10**9, min_free_bytes=1),
    )
    await storage.prepare()
    limits = QueueLimits(max_running=10, max_running_per_user=10, max_waiting=10)
    async with Database.open(f"sqlite:///{tmp_path}/queue.sqlite3") as database:
        yield ReuseHarness(database, DownloadQueue(database, lambda: limits, notify=lambda: None), storage)


async def test_a_reused_download_has_its_own_files_and_publishes_its_description(harness: ReuseHarness) -> None:
    first = await harness.complete()
    job = await harness.claim(SECOND)
    with harness.events.subscribe() as events:
        delivery = await ReuseStage(harness.database, harness.storage, harness.limits).run(job)
        events.close()
        published = [event async for event in events]
    assert delivery is not None
    assert delivery.item == job.item
    assert (job.item.status, job.item.title, job.item.adult) == (DownloadStatus.PROCESSING, "A cat", True)
    (file,) = delivery.files
    assert file.file_path.read_bytes() == b"meow"
    assert harness.storage.layout.download_folder(job.item) in file.file_path.parents
    assert harness.storage.layout.download_folder(first.item) not in file.file_path.parents
    assert [type(event) for event in published] == [JobReused, JobStatusChanged, JobDescribed]
    assert [event.media for event in published if isinstance(event, JobDescribed)] == [MEDIA]


async def test_other_media_and_other_options_are_not_reused(harness: ReuseHarness) -> None:
    await harness.complete()
    assert not await harness.is_reused(attrs.evolve(SECOND, media_key="twitter:2"))
    assert not await harness.is_reused(attrs.evolve(SECOND, options=DownloadOptions(audio_only=True)))
    assert await harness.is_reused(attrs.evolve(SECOND, options=DownloadOptions(spoiler=True)))
    assert not await harness.is_reused(attrs.evolve(SECOND, options=DownloadOptions(fresh=True)))


async def test_files_are_not_reused_for_a_higher_size_limit(harness: ReuseHarness) -> None:
    await harness.complete()
    assert not await harness.is_reused(attrs.evolve(SECOND, max_file_size_bytes=1001))
    assert await harness.is_reused(attrs.evolve(SECOND, max_file_size_bytes=999))
    assert not await harness.is_reused(attrs.evolve(SECOND, max_file_size_bytes=3))


async def test_a_download_with_missing_files_is_not_reused(harness: ReuseHarness) -> None:
    await harness.complete(skipped=(SkippedFile(name="2.jpg", reason="gone"),))
    assert not await harness.is_reused(SECOND)


async def test_a_download_with_a_missing_or_unreadable_record_is_not_reused(harness: ReuseHarness) -> None:
    first = await harness.complete()
    folder = harness.storage.layout.download_folder(first.item)
    (folder / "metadata.json").write_text("{")
    assert not await harness.is_reused(SECOND)
    (folder / "metadata.json").unlink()
    assert not await harness.is_reused(SECOND)


async def test_a_download_with_a_swept_file_is_not_reused(harness: ReuseHarness) -> None:
    first = await harness.complete()
    (harness.storage.layout.download_folder(first.item) / "content" / "A_cat.mp4").unlink()
    assert not await harness.is_reused(SECOND)
