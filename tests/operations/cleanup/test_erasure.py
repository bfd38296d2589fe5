"""The erasure of a user's and of a left server's data, and the deletion of old records by the daily clean-up."""

import asyncio
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import attrs
import pytest

from boss_bot_core.domain.cleanup import CleanupKind, CleanupRun
from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.clock_history import ClockHistory, ClockReading
from boss_bot_core.domain.guilds import GuildSettings
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.privacy import DataOwner, DeletionReport, HistoryRetention
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.domain.users import UserSettings
from boss_bot_core.operations import privacy
from boss_bot_core.operations.cleanup import history
from boss_bot_core.operations.cleanup.history import remove_history
from boss_bot_core.operations.cleanup.service import CleanupService
from boss_bot_core.operations.privacy import PrivacyService
from boss_bot_core.storage import Retention
from tests.operations.cleanup.conftest import CleanupHarness

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
USER, OTHER, GUILD = 123456789012345678, 223456789012345678, 323456789012345678
_S = DownloadStatus


async def add(cleanup: CleanupHarness, user_id: int, status: DownloadStatus, *, guild_id: int = GUILD) -> DownloadItem:
    item = await cleanup.add_item(status, guild_id=guild_id)
    changed = attrs.evolve(item, user_id=user_id)
    async with cleanup.database.begin() as tx:
        await tx.kept_data.delete_items([item.id])
        return await tx.items.insert(changed)


async def set_end(cleanup: CleanupHarness, item: DownloadItem, ended_at: datetime) -> None:
    async with cleanup.database.begin() as tx:
        await tx.items.replace(item, attrs.evolve(item, completed_at=ended_at))


def owner(user_id: int = USER) -> DataOwner:
    return DataOwner(kind="user", id=user_id)


async def ids(cleanup: CleanupHarness) -> set[object]:
    async with cleanup.database.connect() as tx:
        return {item.id for item in await tx.items.list_by_status(DownloadStatus)}


async def test_a_user_is_erased_from_rows_disk_totals_and_log(cleanup: CleanupHarness) -> None:
    mine, other = await add(cleanup, USER, _S.COMPLETED), await add(cleanup, OTHER, _S.COMPLETED)
    waiting = await add(cleanup, USER, _S.QUEUED)
    for item in (mine, other):
        (await cleanup.store(item)).file_path.write_bytes(b"MEOW")
    cleanup.storage.layout.open_temp(waiting)
    service = cleanup.service
    assert len((await service.run(CleanupKind.DEEP)).damaged) == 2
    async with cleanup.database.begin() as tx:
        await tx.users.put(UserSettings(user_id=USER, created_at=NOW))
    log = cleanup.log_folder / "boss-bot.jsonl"
    log.write_text("".join(json.dumps({"job_id": item.short_id}) + "\n" for item in (mine, other, waiting)))
    report, _ = await service.eraser.erase(owner())
    assert report == DeletionReport(downloads=2, settings=1, folders=2, freed_bytes=report.freed_bytes, log_lines=2)
    assert report.is_complete
    assert await ids(cleanup) == {other.id}
    assert not cleanup.storage.layout.download_folder(mine).exists()
    assert cleanup.storage.layout.download_folder(other).exists()
    stats = (await cleanup.service.totals.read_metrics()).cleanup_stats
    (damaged,) = stats.last_runs[CleanupKind.DEEP].damaged
    assert damaged.startswith(str(other.id))
    found = [path for path in cleanup.log_folder.parent.rglob("*") if path.is_file() and contains(path, mine, waiting)]
    assert found == []


def contains(path: Path, *items: DownloadItem) -> bool:
    content = path.read_bytes() + str(path).encode()
    words = [str(USER), *(name for item in items for name in (item.short_id, item.id.hex, str(item.id)))]
    return any(word.encode() in content for word in words)


async def test_a_running_download_stays_unless_nothing_runs(cleanup: CleanupHarness) -> None:
    running = await add(cleanup, USER, _S.DOWNLOADING)
    temp = cleanup.storage.layout.open_temp(running)
    report, _ = await cleanup.service.eraser.erase(owner())
    assert (report.downloads, report.remaining, report.is_complete) == (0, 1, False)
    assert temp.exists()
    report, _ = await cleanup.service.eraser.erase(owner(), running_too=True)
    assert (report.downloads, report.remaining, temp.exists()) == (1, 0, False)


async def test_only_what_was_erased_is_told_to_the_caches(
    cleanup: CleanupHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A download that does not stop in time keeps its row, which counts for the user's day already."""
    monkeypatch.setattr(privacy, "STOP_PATIENCE_S", 0.0)
    ended, running = await add(cleanup, USER, _S.COMPLETED), await add(cleanup, USER, _S.UPLOADING)
    cancelled: list[DownloadItem] = []
    told: list[DownloadItem] = []

    async def cancel(item: DownloadItem) -> None:
        cancelled.append(item)

    async def tell(items: list[DownloadItem]) -> None:
        told.extend(items)

    layout, eraser = cleanup.storage.layout, cleanup.service.eraser
    report = await PrivacyService(cleanup.database, layout, eraser, cancel, tell).delete(USER)
    assert ([item.id for item in cancelled], [item.id for item in told]) == ([running.id], [ended.id])
    assert (report.downloads, report.remaining, report.cancelled) == (1, 1, 1)


async def leave(cleanup: CleanupHarness, guild_id: int = GUILD) -> None:
    async with cleanup.database.begin() as tx:
        await tx.guilds.put(GuildSettings(guild_id=guild_id))
        await tx.guild_traffic.add_bytes(guild_id, date(2026, 11, 22), 5)
        await tx.memberships.record_left([guild_id], utc_now() + cleanup.offset)


async def run_daily(cleanup: CleanupHarness) -> CleanupRun:
    # The clock is read each day, as the bot does: a longer time between two readings counts as a jump.
    return await cleanup.service.run(CleanupKind.DEEP)


async def test_a_left_server_is_erased_after_its_time_and_not_when_the_bot_is_back(cleanup: CleanupHarness) -> None:
    gone, back = await add(cleanup, USER, _S.COMPLETED), await add(cleanup, USER, _S.COMPLETED, guild_id=GUILD + 1)
    orphan = await cleanup.add_item(_S.COMPLETED, guild_id=GUILD)
    for item in (gone, back, orphan):
        await cleanup.store(item)
    async with cleanup.database.begin() as tx:
        await tx.kept_data.delete_items([orphan.id])
    await leave(cleanup)
    await leave(cleanup, GUILD + 1)
    assert (await run_daily(cleanup)).left_guilds == 0
    cleanup.pass_time(timedelta(days=6))
    assert (await run_daily(cleanup)).left_guilds == 0
    async with cleanup.database.begin() as tx:
        await tx.memberships.record_present([GUILD + 1])
    cleanup.pass_time(timedelta(days=1, minutes=1))
    assert (await run_daily(cleanup)).left_guilds == 1
    assert await ids(cleanup) == {back.id}
    async with cleanup.database.connect() as tx:
        assert await tx.memberships.list_known() == {GUILD + 1}
        assert await tx.guilds.get(GUILD + 1) is not None
    stored = cleanup.storage.layout.downloads
    assert list(stored.glob(f"{GUILD}/*/*")) == []
    assert len(list(stored.glob(f"{GUILD + 1}/*/*"))) == 1


async def test_a_left_server_with_a_running_download_is_erased_later(cleanup: CleanupHarness) -> None:
    running = await add(cleanup, USER, _S.UPLOADING)
    await leave(cleanup)
    report, _ = await cleanup.service.eraser.erase(DataOwner(kind="guild", id=GUILD))
    assert (report.remaining, report.settings) == (1, 0)
    async with cleanup.database.connect() as tx:
        assert list(await tx.memberships.list_left()) == [GUILD]
        assert await ids(cleanup) == {running.id}


async def test_old_records_are_deleted_and_those_with_files_or_a_future_stay(
    cleanup: CleanupHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "_BATCH", 2)
    old, limit = utc_now() - timedelta(days=30, minutes=1), utc_now() - timedelta(days=29, hours=23)
    for _ in range(5):
        await set_end(cleanup, await add(cleanup, USER, _S.COMPLETED), old)
    kept = [await add(cleanup, USER, status) for status in (_S.COMPLETED, _S.FAILED, _S.PAUSED)]
    await cleanup.store(kept[0])
    await set_end(cleanup, kept[0], old)
    await set_end(cleanup, kept[1], limit)
    async with cleanup.database.begin() as tx:
        await tx.users.put(UserSettings(user_id=USER, created_at=old, last_download=old))
    run = await run_daily(cleanup)
    assert run.history == 5
    assert await ids(cleanup) == {item.id for item in kept}
    async with cleanup.database.connect() as tx:
        assert await tx.users.get(USER) is None


async def test_a_record_is_never_deleted_before_the_files_of_its_download(cleanup: CleanupHarness) -> None:
    item = await add(cleanup, USER, _S.FAILED)
    clock = ClockHistory(last=ClockReading(wall=utc_now() + timedelta(days=5), uptime_s=0.0))
    files = Retention(retryable=timedelta(days=6))
    assert await remove_history(cleanup.database, timedelta(days=1), files, clock) == 0
    assert await remove_history(cleanup.database, timedelta(days=1), Retention(), clock) == 1
    assert item.id not in await ids(cleanup)


async def test_a_clock_that_jumps_ahead_deletes_no_record(cleanup: CleanupHarness) -> None:
    item = await add(cleanup, USER, _S.COMPLETED)
    async with cleanup.database.begin() as tx:
        await tx.users.put(UserSettings(user_id=USER, created_at=utc_now()))
    await run_daily(cleanup)
    cleanup.offset += timedelta(days=400)
    assert (await run_daily(cleanup)).history == 0
    assert await ids(cleanup) == {item.id}
    async with cleanup.database.connect() as tx:
        assert await tx.users.get(USER) is not None


async def test_the_periods_are_those_of_the_service(cleanup: CleanupHarness) -> None:
    await set_end(cleanup, await add(cleanup, USER, _S.COMPLETED), utc_now() - timedelta(days=4))
    periods = HistoryRetention(downloads=timedelta(days=4), left_guild=timedelta(microseconds=1))
    await leave(cleanup)
    await asyncio.sleep(0.01)
    service = CleanupService(cleanup.storage, cleanup.database, cleanup.log_folder, history=periods)
    run = await service.run(CleanupKind.DEEP)
    assert (run.left_guilds, run.history) == (1, 0)
    assert await ids(cleanup) == set()
