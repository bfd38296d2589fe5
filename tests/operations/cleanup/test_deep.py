"""The daily clean-up: orphans, old logs, damage, and the totals that outlive the process."""

import asyncio
import gzip
import os
from datetime import timedelta

import pytest

from boss_bot_core.domain.cleanup import CleanupKind, CleanupSchedule
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.operations.cleanup import totals
from boss_bot_core.operations.cleanup.scheduler import CleanupScheduler
from tests.operations.cleanup.conftest import CleanupHarness

OLD_LOG = "boss-bot.2026-11-29_04-00-00_000000.jsonl"


async def test_what_belongs_to_nothing_is_removed_after_a_while(cleanup: CleanupHarness) -> None:
    lost, kept = [await cleanup.add_item(DownloadStatus.COMPLETED) for _ in range(2)]
    lost_file, kept_file = await cleanup.store(lost), await cleanup.store(kept)
    lost_file.file_path.unlink()
    part = kept_file.file_path.parents[1] / ".metadata.json.part"
    part.write_bytes(b"half")
    assert (await cleanup.service.run(CleanupKind.DEEP)).orphans == 1
    assert part.exists()
    cleanup.pass_time(timedelta(hours=2))
    assert (await cleanup.service.run(CleanupKind.DEEP)).orphans == 1
    assert (part.exists(), kept_file.file_path.exists()) == (False, True)
    async with cleanup.database.connect() as tx:
        assert set(await tx.files.list_paths()) == {kept_file.id}


async def test_the_damaged_files_of_a_waiting_download_stay_its_own(cleanup: CleanupHarness) -> None:
    waiting, delivered = await cleanup.add_item(DownloadStatus.QUEUED), await cleanup.add_item(DownloadStatus.COMPLETED)
    files = [await cleanup.store(item) for item in (waiting, delivered)]
    for file in files:
        file.file_path.write_bytes(b"MEOW")
    run = await cleanup.service.run(CleanupKind.DEEP)
    assert (run.checked, len(run.damaged)) == (2, 2)
    async with cleanup.database.connect() as tx:
        assert set(await tx.files.list_paths()) == {files[0].id}


async def test_rotated_logs_are_compressed_and_keep_their_age(cleanup: CleanupHarness) -> None:
    active, old = cleanup.log_folder / "boss-bot.jsonl", cleanup.log_folder / OLD_LOG
    for path in (active, old):
        path.write_text('{"message": "meow"}\n' * 1000)
    os.utime(old, (1_000_000, 1_000_000))
    assert (await cleanup.service.run(CleanupKind.DEEP)).compressed_logs == 1
    packed = cleanup.log_folder / f"{OLD_LOG}.gz"
    assert sorted(cleanup.log_folder.iterdir()) == [packed, active]
    assert gzip.decompress(packed.read_bytes()) == active.read_bytes()
    assert (packed.stat().st_mtime, packed.stat().st_mode & 0o777) == (1_000_000, 0o600)
    assert (await cleanup.service.run(CleanupKind.DEEP)).compressed_logs == 0


async def test_the_totals_outlive_the_process_and_a_full_disk(
    cleanup: CleanupHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = cleanup.service
    await service.run(CleanupKind.TEMP)
    with monkeypatch.context() as full:

        def refuse(*_: object) -> None:
            raise OSError(28, "No space left on device")

        full.setattr(totals, "write_maintenance", refuse)
        await service.run(CleanupKind.TEMP)
        assert (await service.totals.read_metrics()).cleanup_stats.runs == 2
        assert (await cleanup.service.totals.read_metrics()).cleanup_stats.runs == 1
    await service.run(CleanupKind.MAIN)
    assert (await cleanup.service.totals.read_metrics()).cleanup_stats.runs == 3
    cleanup.storage.layout.maintenance.write_bytes(b"{")
    assert (await cleanup.service.totals.read_metrics()).cleanup_stats.runs == 0


async def test_the_daily_clean_up_follows_its_hour_and_holds_up_nothing(cleanup: CleanupHarness) -> None:
    service = cleanup.service
    schedule = CleanupSchedule(temp_scan_interval_s=0.02, main_scan_interval_s=3600)
    task = asyncio.create_task(CleanupScheduler(service, schedule, cleanup.storage).run())
    async with asyncio.timeout(20):
        while not (stats := (await service.totals.read_metrics()).cleanup_stats).last_runs.get(CleanupKind.DEEP):
            await asyncio.sleep(0.02)
        while (await service.totals.read_metrics()).cleanup_stats.runs < stats.runs + 2:
            await asyncio.sleep(0.02)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    last = (await service.totals.read_metrics()).cleanup_stats.last_runs
    assert last[CleanupKind.MAIN].started_at < last[CleanupKind.DEEP].started_at
    assert last[CleanupKind.DEEP] == stats.last_runs[CleanupKind.DEEP]


async def test_a_jump_of_the_clock_expires_nothing(cleanup: CleanupHarness) -> None:
    item = await cleanup.add_item(DownloadStatus.COMPLETED)
    file = await cleanup.store(item)
    await cleanup.service.run(CleanupKind.MAIN)
    cleanup.offset += timedelta(days=3650)
    assert (await cleanup.service.run(CleanupKind.MAIN)).deleted == 0
    cleanup.pass_time(timedelta(hours=23))
    assert (await cleanup.service.run(CleanupKind.MAIN)).deleted == 0
    cleanup.offset -= timedelta(days=3650)
    assert (await cleanup.service.run(CleanupKind.MAIN)).deleted == 0
    cleanup.pass_time(timedelta(hours=2))
    assert (await cleanup.service.run(CleanupKind.MAIN)).deleted == 1
    assert not file.file_path.exists()
