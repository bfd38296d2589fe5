"""Tests for restarts: running downloads are released at the end, and continue from their `.part` files."""

import asyncio
import hashlib
from pathlib import Path

from boss_bot_core.app.app import open_app
from boss_bot_core.app.services import open_services
from boss_bot_core.domain.events import JobFailed, JobStatusChanged
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.queue.retry import MAX_CRASHES
from boss_bot_core.settings import Settings
from boss_bot_core.testing.store.base import build_new_download
from boss_bot_sandbox.site import MediaLibrary, RemoteSite
from boss_bot_sandbox.site.media.payload import PaddedMp4
from tests.pipeline.conftest import AppHarness

SIZE_BYTES = 800_000


async def test_a_download_continues_after_a_clean_shutdown(
    settings: Settings, site: RemoteSite, tmp_path: Path
) -> None:
    site.reset()
    async with open_app(settings) as app, app.dispatch():
        harness = AppHarness(app, site, tmp_path / "out")
        item = await harness.submit(f"throttled/250000/clip.mp4?size_bytes={SIZE_BYTES}")
        await harness.wait_for_part(item, more_than=150_000)
    async with open_app(settings) as app, app.dispatch():
        harness = AppHarness(app, site, tmp_path / "out")
        done = await harness.wait_until(item, lambda current: current.is_finished)
        await asyncio.sleep(0)
    assert (done.status, done.attempt_count) == (DownloadStatus.COMPLETED, 1)
    (file,) = harness.out.iterdir()
    clip = MediaLibrary(site.ca_file.parent / "media").read("clip.mp4")
    assert hashlib.sha256(file.read_bytes()).hexdigest() == PaddedMp4(clip, SIZE_BYTES).sha256()
    assert [bool(request.range) for request in site.requests.matching("/throttled/")] == [False, True]


async def test_a_file_that_a_resume_damaged_is_fetched_once_more_from_the_start(
    settings: Settings, site: RemoteSite, tmp_path: Path
) -> None:
    site.reset()
    async with open_app(settings) as app, app.dispatch():
        harness = AppHarness(app, site, tmp_path / "out")
        item = await harness.submit(f"throttled/250000/clip.mp4?size_bytes={SIZE_BYTES}")
        await harness.wait_for_part(item, more_than=150_000)
        folder = app.services.storage.layout.temp_folder(item.id)
    # The server still names the same validator: nothing but the content shows that the first bytes are wrong.
    (part,) = folder.rglob("*.part")
    part.write_bytes(bytes(part.stat().st_size))
    async with open_app(settings) as app, app.dispatch():
        harness = AppHarness(app, site, tmp_path / "out")
        done = await harness.wait_until(item, lambda current: current.is_finished)
    assert (done.status, done.attempt_count) == (DownloadStatus.COMPLETED, 1)
    (file,) = harness.out.iterdir()
    clip = MediaLibrary(site.ca_file.parent / "media").read("clip.mp4")
    assert hashlib.sha256(file.read_bytes()).hexdigest() == PaddedMp4(clip, SIZE_BYTES).sha256()
    assert [bool(request.range) for request in site.requests.matching("/throttled/")] == [False, True, False]


async def test_an_item_that_is_running_at_every_crash_is_published_as_failed(
    settings: Settings, site: RemoteSite
) -> None:
    async with open_services(settings) as services:
        item = await services.queue.submit(build_new_download())
        for _ in range(MAX_CRASHES):
            await services.queue.recover()
            assert await services.queue.claim_next() is not None
    async with open_app(settings) as app, app.dispatch():
        with app.bus.subscribe(item.id) as subscription:
            events = aiter(subscription)
            published = [await anext(events), await anext(events)]
    assert [type(event) for event in published] == [JobStatusChanged, JobFailed]
    assert (published[1].item.status, published[1].item.claim) == (DownloadStatus.FAILED, MAX_CRASHES)
