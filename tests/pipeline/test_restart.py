"""A clean end gives running downloads back; the next start continues them from their `.part`."""

import asyncio
import hashlib
from pathlib import Path

from boss_bot_core.app import open_app, open_services
from boss_bot_core.domain.events import JobFailed, JobStatusChanged
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.queue.retry import MAX_CRASHES
from boss_bot_core.settings import Settings
from boss_bot_core.testing.store.base import make_download
from boss_bot_sandbox.site import MediaLibrary, RemoteSite
from boss_bot_sandbox.site.media.payload import PaddedMp4
from tests.pipeline.conftest import Bench

SIZE_BYTES = 800_000


async def test_a_download_continues_after_a_clean_end(settings: Settings, site: RemoteSite, tmp_path: Path) -> None:
    site.reset()
    async with open_app(settings) as app, app.dispatch():
        bench = Bench(app, site, tmp_path / "out")
        item = await bench.submit(f"throttled/250000/clip.mp4?size_bytes={SIZE_BYTES}")
        await bench.bytes_of(item, more_than=150_000)
    async with open_app(settings) as app, app.dispatch():
        bench = Bench(app, site, tmp_path / "out")
        done = await bench.until(item, lambda current: current.is_finished)
        await asyncio.sleep(0)
    assert (done.status, done.attempt_count) == (DownloadStatus.COMPLETED, 1)
    (file,) = bench.out.iterdir()
    clip = MediaLibrary(tmp_path / "library").read("clip.mp4")
    assert hashlib.sha256(file.read_bytes()).hexdigest() == PaddedMp4(clip, SIZE_BYTES).sha256()
    assert [bool(request.range) for request in site.requests.matching("/throttled/")] == [False, True]


async def test_what_died_with_every_start_is_told_as_failed(settings: Settings, site: RemoteSite) -> None:
    async with open_services(settings) as services:
        item = await services.queue.submit(make_download())
        for _ in range(MAX_CRASHES):
            await services.queue.recover()
            assert await services.queue.claim_next() is not None
    async with open_app(settings) as app, app.dispatch():
        with app.bus.subscribe(item.id) as subscription:
            events = aiter(subscription)
            told = [await anext(events), await anext(events)]
    assert [type(event) for event in told] == [JobStatusChanged, JobFailed]
    assert (told[1].item.status, told[1].item.claim) == (DownloadStatus.FAILED, MAX_CRASHES)
