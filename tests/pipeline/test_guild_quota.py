"""The daily quota of a guild counts what its downloads fetched, whatever became of the files."""

import shutil
from pathlib import Path

import attrs
import pytest

from boss_bot_core.app.app import open_app
from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.errors import QuotaExceededError
from boss_bot_core.pipeline.request import Requester
from boss_bot_core.settings import Settings
from boss_bot_sandbox.site import RemoteSite
from tests.pipeline.conftest import REQUESTER, AppHarness

SIZE_BYTES = 900_000
LARGE = f"files/clip.mp4?size_bytes={SIZE_BYTES}"


async def count_fetched(harness: AppHarness, guild_id: int = REQUESTER.guild_id) -> int:
    async with harness.app.services.database.connect() as tx:
        return await tx.guild_traffic.count_bytes(guild_id, utc_now().date())


async def download(harness: AppHarness, path: str, requester: Requester = REQUESTER) -> DownloadItem:
    item = await harness.submit(path, requester)
    return await harness.wait_until(item, lambda current: current.is_finished)


async def test_what_is_fetched_counts_and_what_is_delivered_from_storage_does_not(harness: AppHarness) -> None:
    assert (await download(harness, LARGE)).status is DownloadStatus.COMPLETED
    fetched_bytes = await count_fetched(harness)
    assert SIZE_BYTES < fetched_bytes < SIZE_BYTES + 20_000  # and the heads of the responses
    assert (await download(harness, LARGE)).status is DownloadStatus.COMPLETED
    assert await count_fetched(harness) == fetched_bytes
    await download(harness, "files/clip.webm", Requester())
    assert await count_fetched(harness, 0) == 0
    assert await count_fetched(harness) == fetched_bytes


async def test_a_download_that_brings_nothing_counts_as_well(harness: AppHarness) -> None:
    failed = await download(harness, "files/truncated.mp4")
    assert failed.status is DownloadStatus.FAILED
    assert await count_fetched(harness) > 1_000


async def test_a_guild_that_has_used_up_its_day_is_refused_though_nothing_lies_on_disk(
    settings: Settings, site: RemoteSite, tmp_path: Path
) -> None:
    small = attrs.evolve(settings, storage=attrs.evolve(settings.storage, guild_daily_bytes=SIZE_BYTES))
    async with open_app(small) as app, app.dispatch():
        harness = AppHarness(app, site, tmp_path / "out")
        await download(harness, LARGE)
        shutil.rmtree(app.services.storage.layout.downloads / str(REQUESTER.guild_id))
    async with open_app(small) as app:
        harness = AppHarness(app, site, tmp_path / "out")
        with pytest.raises(QuotaExceededError):
            await harness.submit("files/clip.webm")
        await harness.submit("files/clip.webm", attrs.evolve(REQUESTER, guild_id=9))
