"""When the same media are taken from storage, and when they are fetched again."""

from collections.abc import AsyncIterator
from pathlib import Path

import attrs
import pytest_asyncio

from boss_bot_core.database import Database
from boss_bot_core.domain.events import JobDescribed, JobEvent
from boss_bot_core.domain.items import Destination, NewDownload
from boss_bot_core.domain.link import DownloadOptions
from boss_bot_core.domain.media import MediaInfo, SkippedFile
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.pipeline.event_bus import EventBus
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.pipeline.stages.reuse import ReuseStage
from boss_bot_core.queue import DownloadQueue, QueueLimits
from boss_bot_core.storage import FinishedDownload, Quota, Storage, StorageLayout, VerifiedFile

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
class Shelf:
    """A queue, a storage, and the reuse of what lies in it."""

    database: Database
    queue: DownloadQueue
    storage: Storage
    events: EventBus = attrs.field(factory=EventBus)

    async def claimed(self, new: NewDownload) -> RunningJob:
        await self.queue.submit(new)
        item = await self.queue.claim_next()
        assert item is not None
        return RunningJob(item, self.queue.claims, self.events)

    async def completed(self, new: NewDownload = FIRST, *, skipped: tuple[SkippedFile, ...] = ()) -> RunningJob:
        """Bring a download to its end."""
        job = await self.claimed(new)
        path = await self.storage.open_temp(job.item.id) / "clip.mp4"
        path.write_bytes(b"meow")
        file = VerifiedFile(path=path, mime_type="video/mp4", extension=".mp4")
        files = await self.storage.organise(
            FinishedDownload(item=job.item, files=(file,), media=MEDIA, skipped=skipped)
        )
        await self.storage.discard_temp(job.item.id)
        await job.advance(DownloadStatus.PROCESSING)
        await job.advance(DownloadStatus.UPLOADING)
        await self.queue.claims.complete(job.item, files)
        return job

    async def is_reused(self, new: NewDownload) -> bool:
        job = await self.claimed(new)
        found = await ReuseStage(self.database, self.storage).run(job)
        await self.queue.claims.cancel_running(job.item)
        return found is not None


@pytest_asyncio.fixture
async def shelf(tmp_path: Path) -> AsyncIterator[Shelf]:
    storage = Storage(
        layout=StorageLayout(tmp_path / "data", tmp_path / "cache"),
        quota=Quota(temp_bytes=10**9, guild_daily_bytes=10**9, min_free_bytes=1),
    )
    await storage.prepare()
    limits = QueueLimits(max_running=10, max_running_per_user=10, max_waiting=10)
    async with Database.open(f"sqlite:///{tmp_path}/queue.sqlite3") as database:
        yield Shelf(database, DownloadQueue(database, lambda: limits, notify=lambda: None), storage)


async def test_the_job_gets_files_of_its_own_and_everybody_is_told_what_they_are(shelf: Shelf) -> None:
    first = await shelf.completed()
    told: list[JobEvent] = []
    job = await shelf.claimed(SECOND)
    with shelf.events.subscribe() as events:
        delivery = await ReuseStage(shelf.database, shelf.storage).run(job)
        events.close()
        told += [event async for event in events]
    assert delivery is not None
    assert delivery.item == job.item
    assert (job.item.status, job.item.title, job.item.adult) == (DownloadStatus.PROCESSING, "A cat", True)
    (file,) = delivery.files
    assert file.file_path.read_bytes() == b"meow"
    assert shelf.storage.layout.download_folder(job.item) in file.file_path.parents
    assert shelf.storage.layout.download_folder(first.item) not in file.file_path.parents
    assert [event.media for event in told if isinstance(event, JobDescribed)] == [MEDIA]


async def test_other_media_or_other_wishes_are_fetched(shelf: Shelf) -> None:
    await shelf.completed()
    assert not await shelf.is_reused(attrs.evolve(SECOND, media_key="twitter:2"))
    assert not await shelf.is_reused(attrs.evolve(SECOND, options=DownloadOptions(audio_only=True)))
    assert await shelf.is_reused(attrs.evolve(SECOND, options=DownloadOptions(spoiler=True)))


async def test_a_place_that_takes_more_may_have_a_better_version(shelf: Shelf) -> None:
    await shelf.completed()
    assert not await shelf.is_reused(attrs.evolve(SECOND, max_file_size_bytes=1001))
    assert await shelf.is_reused(attrs.evolve(SECOND, max_file_size_bytes=999))
    assert not await shelf.is_reused(attrs.evolve(SECOND, max_file_size_bytes=3))


async def test_a_post_of_which_something_was_missing_is_fetched_again(shelf: Shelf) -> None:
    await shelf.completed(skipped=(SkippedFile(name="2.jpg", reason="gone"),))
    assert not await shelf.is_reused(SECOND)


async def test_files_that_are_gone_or_cannot_be_read_are_fetched_again(shelf: Shelf) -> None:
    first = await shelf.completed()
    folder = shelf.storage.layout.download_folder(first.item)
    (folder / "metadata.json").write_text("{")
    assert not await shelf.is_reused(SECOND)
    (folder / "metadata.json").unlink()
    assert not await shelf.is_reused(SECOND)


async def test_a_file_that_was_just_swept_away_is_fetched_again(shelf: Shelf) -> None:
    first = await shelf.completed()
    (shelf.storage.layout.download_folder(first.item) / "content" / "A_cat.mp4").unlink()
    assert not await shelf.is_reused(SECOND)
