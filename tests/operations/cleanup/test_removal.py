"""Expired folders are removed, never while their download is claimed, and the operator is told what cannot be."""

import asyncio
import errno
import os
import threading
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import attrs
import pytest

from boss_bot_core.domain.cleanup import CleanupKind, CleanupSchedule
from boss_bot_core.domain.clock_history import ClockHistory
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.domain.storage import StorageErrorKind
from boss_bot_core.operations.cleanup import removal
from boss_bot_core.operations.cleanup.removal import list_expired, remove_batch
from boss_bot_core.operations.cleanup.scheduler import CleanupScheduler
from boss_bot_core.queue import DownloadQueue, QueueLimits
from boss_bot_core.storage import sweep
from boss_bot_core.storage.scan import ItemFolder, list_temp_folders
from boss_bot_core.storage.sweep import SweepReport
from tests.operations.cleanup.conftest import CleanupHarness


async def test_folders_that_cannot_be_deleted_are_told_once(
    cleanup: CleanupHarness, monkeypatch: pytest.MonkeyPatch, logged_errors: list[str]
) -> None:
    def raise_busy(_folder: Path) -> None:
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))

    item_id = uuid4()
    cleanup.storage.layout.temp_folder(item_id).mkdir()
    scheduler = CleanupScheduler(cleanup.service, CleanupSchedule(), cleanup.storage)
    cleanup.pass_time(timedelta(hours=2))
    with monkeypatch.context() as busy:
        busy.setattr(sweep, "remove_tree", raise_busy)
        for _ in range(2):
            await scheduler.attempt(CleanupKind.TEMP)
    told = f"Cannot be deleted, and keep their space: {item_id}: Device or resource busy.\n"
    assert logged_errors == [told]
    assert cleanup.storage.errors.counts == {StorageErrorKind.CLEANUP_ERROR: 1}
    await scheduler.attempt(CleanupKind.TEMP)
    assert logged_errors == [told]
    assert list(cleanup.storage.layout.temp.iterdir()) == []


async def test_a_download_that_is_retried_in_the_meantime_keeps_its_files(cleanup: CleanupHarness) -> None:
    item = await cleanup.add_item(DownloadStatus.CANCELLED)
    layout = cleanup.storage.layout
    folder = layout.open_temp(item)
    cleanup.pass_time(timedelta(hours=2))
    clock = ClockHistory(last=cleanup.read_clock())
    expired = await list_expired(cleanup.storage, cleanup.database, list_temp_folders, clock)
    assert [each.path for each in expired] == [folder]
    async with cleanup.database.begin() as tx:
        retried = attrs.evolve(item, status=DownloadStatus.QUEUED, completed_at=None)
        await tx.items.replace(item, retried)
    report = await remove_batch(cleanup.storage, cleanup.database, expired, clock)
    assert (report, folder.exists()) == (SweepReport(), True)


async def test_a_claim_waits_while_folders_are_taken_away(
    cleanup: CleanupHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = await cleanup.add_item(DownloadStatus.CANCELLED)
    cleanup.storage.layout.open_temp(item)
    cleanup.pass_time(timedelta(hours=2))
    is_renaming, may_rename = threading.Event(), threading.Event()

    def wait(folders: Iterable[ItemFolder]) -> SweepReport:
        is_renaming.set()
        may_rename.wait(10)
        return sweep.set_aside(folders)

    monkeypatch.setattr(removal, "set_aside", wait)
    run = asyncio.create_task(cleanup.service.run(CleanupKind.TEMP))
    await asyncio.to_thread(is_renaming.wait, 10)
    limits = QueueLimits(max_running=1, max_running_per_user=1, max_waiting=1)
    queue = DownloadQueue(cleanup.database, lambda: limits, notify=lambda: None)
    retry = asyncio.create_task(queue.control.retry(item.id))
    await asyncio.sleep(0.1)
    assert not retry.done()
    may_rename.set()
    assert (await run).deleted == 1
    assert (await retry).item.status is DownloadStatus.QUEUED


async def test_the_records_of_removed_files_are_removed(cleanup: CleanupHarness) -> None:
    item = await cleanup.add_item(DownloadStatus.COMPLETED)
    file = await cleanup.store(item)
    assert (await cleanup.service.run(CleanupKind.MAIN)).deleted == 0
    cleanup.pass_time(timedelta(hours=25))
    run = await cleanup.service.run(CleanupKind.MAIN)
    assert (run.deleted, run.freed_bytes > 4, file.file_path.exists()) == (1, True, False)
    async with cleanup.database.connect() as tx:
        assert await tx.files.list_for_item(item.id) == ()
    assert (await cleanup.service.totals.read_metrics()).cleanup_stats.freed_bytes == run.freed_bytes
