"""Tests of forbidden content in the whole pipeline: refused before its delivery, from the site and from storage."""

from pathlib import Path

import pytest

from boss_bot_core.app.app import open_app
from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.domain.events import SuspiciousFileFound
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.errors import SuspiciousFileError
from boss_bot_core.pipeline.event_bus import EventBus
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.pipeline.stages.conversion_output import Processed
from boss_bot_core.pipeline.stages.download import DownloadOutput
from boss_bot_core.pipeline.stages.store import StoreStage
from boss_bot_core.pipeline.stages.suspicion import ForbiddenContent
from boss_bot_core.plugin import DownloadResult, FetchedFile, FileFacts
from boss_bot_core.queue import DownloadQueue
from boss_bot_core.settings import Settings, load
from boss_bot_core.storage import Quota, Storage, StorageLayout, VerifiedFile
from boss_bot_core.storage.blocked_hashes import hash_file
from boss_bot_sandbox.site import RemoteSite
from tests.e2e.harness import MakeHome
from tests.pipeline.conftest import AppHarness
from tests.pipeline.test_running_job import queue, start_job

__all__ = ["queue"]

PHOTO = "files/photo-1.jpg"


def is_finished(item: DownloadItem) -> bool:
    return item.is_finished


def build_settings(make_home: MakeHome, blocked: Path) -> Settings:
    return load({"max_attempts": 1, "blocked_hashes_file": str(blocked)}, environ=make_home().environ)


async def test_forbidden_content_is_refused_from_the_site_and_from_storage(
    make_home: MakeHome, site: RemoteSite, tmp_path: Path
) -> None:
    site.reset()
    blocked = tmp_path / "blocked.txt"
    blocked.write_text("# nothing yet\n")
    settings = build_settings(make_home, blocked)
    async with open_app(settings) as app, app.dispatch():
        harness = AppHarness(app, site, tmp_path / "out")
        item = await harness.submit(PHOTO)
        assert (await harness.wait_until(item, is_finished)).status is DownloadStatus.COMPLETED
    [delivered] = (tmp_path / "out").rglob("*.jpg")
    blocked.write_text(f"{hash_file(delivered)}  {PHOTO}\n")
    async with open_app(settings) as app, app.dispatch():
        harness = AppHarness(app, site, tmp_path / "later")
        with app.bus.subscribe() as events:
            for path in (PHOTO, f"{PHOTO}?other"):
                ended = await harness.wait_until(await harness.submit(path), is_finished)
                assert (ended.status, ended.error_type) == (DownloadStatus.FAILED, ErrorType.REJECTED)
                assert "The bot's operator does not allow this file." in (ended.error_message or "")
            events.close()
            found = [event.reason async for event in events if isinstance(event, SuspiciousFileFound)]
        assert found == ["The bot's operator does not allow this file."] * 2
        assert not list((tmp_path / "later").rglob("*.jpg"))
        assert len(list(app.services.storage.layout.downloads.rglob("*.jpg"))) == 1


async def test_forbidden_content_is_refused_although_a_plugin_has_converted_it(
    queue: DownloadQueue, tmp_path: Path
) -> None:
    quota = Quota(temp_bytes=10**9, guild_daily_bytes=10**9, min_free_bytes=1)
    storage = Storage(layout=StorageLayout(tmp_path / "data", tmp_path / "cache"), quota=quota)
    await storage.prepare()
    job = RunningJob((await start_job(queue)).item, queue.claims, EventBus())
    folder = await storage.open_temp(job.item)
    source, converted = FetchedFile(path=folder / "cat.avi"), FetchedFile(path=folder / "cat.mp4")
    source.path.write_bytes(b"meow")
    converted.path.write_bytes(b"meow, smaller")
    stage = StoreStage(storage, ForbiddenContent(frozenset({hash_file(source.path)})))
    output = DownloadOutput(plugin="p", result=DownloadResult(files=(source,)))
    file = VerifiedFile(fetched=converted, facts=FileFacts(mime_type="video/mp4"))
    with pytest.raises(SuspiciousFileError):
        await stage.run(job, output, utc_now(), Processed(files=(file,)))
    assert list(storage.layout.downloads.rglob("*.mp4")) == []
