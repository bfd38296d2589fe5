"""Room is reserved before a download starts: the rest wait, and what can never fit fails alone and blocks nobody."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import attrs
import pytest

from boss_bot_core.app.app import open_app
from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.pipeline.request import Requester
from boss_bot_core.settings import Settings
from boss_bot_core.storage.filesystem import measure_folder_size
from boss_bot_sandbox.site import RemoteSite
from tests.pipeline.conftest import AppHarness

MB = 1024 * 1024
S = DownloadStatus


@asynccontextmanager
async def open_small(
    settings: Settings, site: RemoteSite, folder: Path, temp_bytes: int, max_file_size_mb: int
) -> AsyncIterator[AppHarness]:
    small = attrs.evolve(
        settings,
        storage=attrs.evolve(settings.storage, temp_storage_bytes=temp_bytes, min_free_disk_bytes=1),
        download=attrs.evolve(settings.download, max_file_size_mb=max_file_size_mb),
    )
    async with open_app(small) as app, app.dispatch():
        yield AppHarness(app, site, folder / "out")


def is_finished(item: DownloadItem) -> bool:
    return item.is_finished


async def test_downloads_at_once_never_pass_the_limit_and_the_rest_wait_as_queued(
    settings: Settings, site: RemoteSite, tmp_path: Path
) -> None:
    limit_bytes = 3 * MB
    async with open_small(settings, site, tmp_path, limit_bytes, 1) as harness:
        links = [f"throttled/3000000/clip.mp4?size_bytes={900_000 + number}" for number in range(6)]
        items = [await harness.submit(link, Requester(user_id=user)) for user, link in enumerate(links, start=1)]
        temp, book = harness.app.services.storage.layout.temp, harness.app.services.space.book
        most_bytes, most_running, left = 0, 0, list(items)
        async with asyncio.timeout(60):
            while left:
                await asyncio.sleep(0.02)
                most_bytes = max(most_bytes, measure_folder_size(temp), sum(book.held_bytes.values()))
                states = [await harness.get_item(item) for item in left]
                running = [item for item in states if item.status is S.DOWNLOADING]
                most_running = max(most_running, len(running))
                left = [item for item in states if not item.is_finished]
        assert {(await harness.get_item(item)).status for item in items} == {S.COMPLETED}
        assert most_bytes <= limit_bytes
        assert most_running < 5
        assert measure_folder_size(temp) == 0
        assert sum(book.held_bytes.values()) == 0


@pytest.mark.parametrize("route", ["files", "unsized"])
async def test_a_download_larger_than_the_room_fails_at_once_and_the_next_one_works(
    settings: Settings, site: RemoteSite, tmp_path: Path, route: str
) -> None:
    async with open_small(settings, site, tmp_path, MB, 5) as harness:
        failed = await harness.wait_until(await harness.submit(f"{route}/clip.mp4?size_bytes=3000000"), is_finished)
        assert (failed.status, failed.error_type, failed.attempt_count) == (S.FAILED, ErrorType.DISK_FULL, 1)
        assert failed.error_message == (
            "The download needs more than the 1.0 MB that the bot has room for. "
            "Ask for a smaller version, or ask the bot's operator for more room."
        )
        assert measure_folder_size(harness.app.services.storage.layout.temp) == 0
        small = await harness.wait_until(await harness.submit("files/clip.webm"), is_finished)
        assert small.status is S.COMPLETED
