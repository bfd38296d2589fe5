"""The clean-up service: runs one clean-up of the folders, in the bot or in a command beside it."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import attrs

from boss_bot_core.database import Database
from boss_bot_core.domain.cleanup import CleanupKind, CleanupRun
from boss_bot_core.domain.clock_history import ClockHistory, ClockReading
from boss_bot_core.domain.privacy import HistoryRetention
from boss_bot_core.domain.sizes import MEGABYTE
from boss_bot_core.log.archive import compress_old_logs
from boss_bot_core.operations.cleanup.damage import find_damage
from boss_bot_core.operations.cleanup.history import remove_history, remove_left_guilds
from boss_bot_core.operations.cleanup.lock import hold_cleanup_lock
from boss_bot_core.operations.cleanup.orphans import remove_orphans
from boss_bot_core.operations.cleanup.removal import ListFolders, remove_expired
from boss_bot_core.operations.cleanup.totals import CleanupTotals
from boss_bot_core.operations.cleanup.uptime import read_clock
from boss_bot_core.operations.erasure import DataEraser
from boss_bot_core.storage import Storage
from boss_bot_core.storage.scan import list_stored_folders, list_temp_folders
from boss_bot_core.storage.sweep import remove_empty_folders

_READ_BYTES_PER_S = 32 * MEGABYTE
"""How fast stored files are read at most to compare their checksums."""

_PATIENCE_S = 60.0
"""How long the end of a daily clean-up waits for another clean-up, before it leaves its result to the log alone."""

_DEFAULT_PERIODS = HistoryRetention()


class CleanupService:
    """Runs clean-ups, one at a time on a data folder.

    Args:
        storage: The files.
        database: Knows the state of each download.
        log_folder: The folder of the log.
        clock: Reads the clock and the uptime.
        history: How long records stay that nothing needs any more.

    Attributes:
        totals: The totals and the metrics.
        eraser: Erases the data of a user or a guild.
    """

    def __init__(
        self,
        storage: Storage,
        database: Database,
        log_folder: Path,
        clock: Callable[[], ClockReading] = read_clock,
        history: HistoryRetention = _DEFAULT_PERIODS,
    ) -> None:
        self._storage = storage
        self._database = database
        self._log_folder = log_folder
        self._clock = clock
        self._history = history
        self.totals = CleanupTotals(storage, clock)
        self.eraser = DataEraser(database, storage, log_folder, self.totals)

    async def run(self, kind: CleanupKind) -> CleanupRun:
        """Run a clean-up, and return its result.

        Raises:
            CleanupRunningError: Another clean-up of these folders is under way.
            DatabaseError, OSError: The database or the disk fails.
        """
        started, run = time.perf_counter(), CleanupRun(kind=kind, started_at=self._clock().wall)
        async with hold_cleanup_lock(self._storage.layout):
            run = await self._clean(run, await self.totals.observe_clock())
            if kind is not CleanupKind.DEEP:
                return await self._finish(run, started)
        # Without the lock: it only reads, and takes as long as there are files.
        checked, damaged = await find_damage(self._storage.layout, self._database, _READ_BYTES_PER_S)
        run = attrs.evolve(run, checked=checked, damaged=tuple(map(str, damaged)))
        async with hold_cleanup_lock(self._storage.layout, patience_s=_PATIENCE_S):
            return await self._finish(run, started)

    async def _clean(self, run: CleanupRun, clock: ClockHistory) -> CleanupRun:
        match run.kind:
            case CleanupKind.TEMP:
                return await self._remove(run, list_temp_folders, clock)
            case CleanupKind.MAIN:
                run = await self._remove(run, list_stored_folders, clock)
                await asyncio.to_thread(remove_empty_folders, self._storage.layout, clock)
                return run
            case CleanupKind.DEEP:
                orphans = await remove_orphans(self._storage, self._database, clock)
                left = await remove_left_guilds(self._database, self.eraser, self._history.left_guild, clock)
                removed = await remove_history(self._database, self._history.downloads, self._storage.retention, clock)
                compressed = await asyncio.to_thread(compress_old_logs, self._log_folder)
                return attrs.evolve(run, orphans=orphans, left_guilds=left, history=removed, compressed_logs=compressed)

    async def _remove(self, run: CleanupRun, list_folders: ListFolders, clock: ClockHistory) -> CleanupRun:
        for report in await remove_expired(self._storage, self._database, list_folders, clock):
            run = attrs.evolve(
                run,
                deleted=run.deleted + len(report.deleted),
                freed_bytes=run.freed_bytes + report.freed_bytes,
                failed=(*run.failed, *report.failed),
            )
        return run

    async def _finish(self, run: CleanupRun, started: float) -> CleanupRun:
        run = attrs.evolve(run, duration_s=time.perf_counter() - started)
        await self.totals.add(run)
        return run
