"""The emergency clean-up of storage: frees room before retention would, for downloads that have none."""

import asyncio
import time
from collections.abc import Callable, Collection, Sequence

from loguru import logger

from boss_bot_core.concurrency import shielded
from boss_bot_core.database import Database
from boss_bot_core.domain.clock_history import ClockReading
from boss_bot_core.domain.sizes import format_size
from boss_bot_core.domain.storage import StorageErrorKind
from boss_bot_core.storage import RetentionState, Storage
from boss_bot_core.storage.maintenance import read_maintenance
from boss_bot_core.storage.retention_states import read_retention_states
from boss_bot_core.storage.room_cleanup import CleanupCandidate, choose_removals, list_candidates
from boss_bot_core.storage.scan import ItemFolder, list_stored_folders, list_temp_folders
from boss_bot_core.storage.sweep import SweepReport, delete_set_aside, set_aside

PAUSE_S = 30.0
"""Seconds for which nothing is tried again after a clean-up that freed nothing, unless a download ends."""


class EmergencyCleanup:
    """Reads the states of the downloads on disk from the database, and deletes what may go.

    Args:
        storage: The files on disk.
        database: Knows the state of each download.
        read_clock: Reads the clock and the uptime.
    """

    def __init__(self, storage: Storage, database: Database, read_clock: Callable[[], ClockReading]) -> None:
        self._storage = storage
        self._database = database
        self._read_clock = read_clock
        self._next_at_s = 0.0

    def allow(self) -> None:
        """Let the next call try again at once, because a download has ended."""
        self._next_at_s = 0.0

    async def free_room(self, needed_bytes: int, *, temp_only: bool = False) -> int:
        """Delete folders until `needed_bytes` are free, or nothing more may go, and return the bytes that were freed.

        Args:
            needed_bytes: The bytes to free.
            temp_only: Whether only the files of unfinished downloads count, because their limit is what is reached.
        """
        if time.monotonic() < self._next_at_s:
            return 0
        folders = await asyncio.to_thread(self._list_folders, temp_only=temp_only)
        async with self._database.connect() as tx:
            states = await read_retention_states(tx, folders)
        clock = (await asyncio.to_thread(read_maintenance, self._storage.layout)).observe(self._read_clock())
        retention = self._storage.retention
        candidates = await asyncio.to_thread(lambda: tuple(list_candidates(folders, retention, states, clock)))
        report = await self._remove(choose_removals(candidates, needed_bytes))
        log = logger.bind(action="emergency_cleanup")
        if report.failed:
            self._storage.errors.record(StorageErrorKind.CLEANUP_ERROR)
            log.error("Cannot be deleted, and keep their space: {}.", "; ".join(report.failed))
        if report.freed_bytes:
            size, count = format_size(report.freed_bytes), len(report.deleted)
            log.warning("Room was short: {} of {} downloads were deleted before their time.", size, count)
        else:
            self._next_at_s = time.monotonic() + PAUSE_S
        return report.freed_bytes

    def _list_folders(self, *, temp_only: bool) -> Collection[ItemFolder]:
        layout = self._storage.layout
        return (*list_temp_folders(layout), *(() if temp_only else list_stored_folders(layout)))

    @shielded
    async def _remove(self, chosen: Sequence[CleanupCandidate]) -> SweepReport:
        # Claims are exclusive transactions too: what is claimed or retried in the meantime keeps its files.
        async with self._database.begin(exclusive=True) as tx:
            states = await read_retention_states(tx, [each.folder for each in chosen])
            folders = [
                each.folder
                for each in chosen
                if each.folder.kind == "expired"
                or states.get(each.folder.item_id, RetentionState.UNKNOWN) is each.state
            ]
            report = await asyncio.to_thread(set_aside, folders)
            await tx.files.delete_of_items(folder.item_id for folder in report.aside if folder.kind == "organised")
        return await asyncio.to_thread(delete_set_aside, report)
