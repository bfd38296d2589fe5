"""The daily quota of a guild counts what its downloads fetched, whatever became of the files."""

import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import attrs
import pytest
import pytest_asyncio

from boss_bot_core.app.app import open_app
from boss_bot_core.database import Database
from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.domain.items import LOCAL_ID, DownloadItem
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.errors import QuotaExceededError
from boss_bot_core.pipeline import guild_quota
from boss_bot_core.pipeline.guild_quota import GuildQuota
from boss_bot_core.pipeline.request import Requester
from boss_bot_core.settings import Settings
from boss_bot_sandbox.site import RemoteSite
from tests.bot.cards.factories import GUILD, build_item
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


async def test_the_rest_of_a_day_is_a_hard_limit_and_then_the_guild_is_refused_though_nothing_lies_on_disk(
    settings: Settings, site: RemoteSite, tmp_path: Path
) -> None:
    daily_bytes = SIZE_BYTES + SIZE_BYTES // 2
    small = attrs.evolve(settings, storage=attrs.evolve(settings.storage, guild_daily_bytes=daily_bytes))
    async with open_app(small) as app, app.dispatch():
        harness = AppHarness(app, site, tmp_path / "out")
        assert (await download(harness, LARGE)).status is DownloadStatus.COMPLETED
        failed = await download(harness, f"unsized/clip.mp4?size_bytes={SIZE_BYTES + 1}")
        assert failed.error_type is ErrorType.QUOTA_EXCEEDED
        assert failed.attempt_count == 1
        assert daily_bytes <= await count_fetched(harness) <= daily_bytes + 1
        shutil.rmtree(app.services.storage.layout.downloads / str(REQUESTER.guild_id))
    async with open_app(small) as app:
        harness = AppHarness(app, site, tmp_path / "out")
        with pytest.raises(QuotaExceededError):
            await harness.submit("files/clip.webm")
        await harness.submit("files/clip.webm", attrs.evolve(REQUESTER, guild_id=9))


@pytest_asyncio.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with Database.open(f"sqlite:///{tmp_path}/queue.db") as database:
        yield database


async def test_ten_downloads_at_once_cannot_overshoot_the_day_together(database: Database) -> None:
    quota = GuildQuota(database, 500)
    items = [build_item(id=uuid4()) for _ in range(10)]
    assert [quota.reserve(item, 80) for item in items] == [80] * 6 + [20] + [0] * 3
    await quota.record(items[0], 30)
    quota.release(items[0].id)
    # What the first one fetched counts, and what it did not fetch is there for the others.
    assert quota.find_left_bytes(items[9]) == 50
    assert quota.find_left_bytes(attrs.evolve(items[9], guild_id=1)) == 500
    assert quota.reserve(items[9], 80) == 50
    assert not quota.is_used_up(GUILD)


async def test_the_count_of_today_is_read_at_the_start_and_begins_anew_tomorrow(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, item = GuildQuota(database, 500), build_item()
    await first.record(item, 500)
    again = GuildQuota(database, 500)
    await again.load()
    assert again.is_used_up(GUILD)
    monkeypatch.setattr(guild_quota, "utc_now", lambda: utc_now() + timedelta(days=1))
    assert not again.is_used_up(GUILD)
    await again.check(GUILD)


async def test_a_download_of_the_command_line_has_no_day(database: Database) -> None:
    """A broken connection makes it fetch more than was expected, which no limit of a guild may cut."""
    quota, item = GuildQuota(database, 100), build_item(guild_id=LOCAL_ID)
    assert quota.reserve(item, 50) > 10**12
    assert quota.get_share(item) > 10**12
