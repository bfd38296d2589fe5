"""The clean-up scheduler: runs each clean-up in its rhythm, for as long as this process dispatches.

The rhythm follows the uptime, so that a jump of the clock neither stops nor hurries it. Only the daily clean-up looks
at the clock, for its quiet hour.
"""

import asyncio

from loguru import logger

from boss_bot_core.domain.cleanup import CleanupKind, CleanupRun, CleanupSchedule
from boss_bot_core.domain.sizes import format_size
from boss_bot_core.domain.storage import StorageErrorKind
from boss_bot_core.operations.cleanup.lock import CleanupRunningError
from boss_bot_core.operations.cleanup.service import CleanupService
from boss_bot_core.operations.cleanup.uptime import read_clock
from boss_bot_core.storage import Storage


class CleanupScheduler:
    """Starts the clean-ups that are due, and tells the log what they did.

    Args:
        cleanup: Runs a clean-up.
        schedule: The rhythms.
        storage: Counts the clean-ups that fail.
    """

    def __init__(self, cleanup: CleanupService, schedule: CleanupSchedule, storage: Storage) -> None:
        self._cleanup = cleanup
        self._schedule = schedule
        self._storage = storage
        self._main_at_s = float("-inf")
        self._told: dict[CleanupKind, tuple[str, ...]] = {}

    async def run(self) -> None:
        """Run what is due, now and every few minutes, until cancelled; a failed clean-up does not end the others."""
        async with asyncio.TaskGroup() as tasks:
            deep: asyncio.Task[None] | None = None
            await self.attempt(CleanupKind.TEMP)
            await self._attempt_main()
            while True:
                await asyncio.sleep(self._schedule.temp_scan_interval_s)
                await self.attempt(CleanupKind.TEMP)
                await self._attempt_main()
                # It reads every file, and must not hold up the others.
                if (deep is None or deep.done()) and await self._is_deep_due():
                    deep = tasks.create_task(self.attempt(CleanupKind.DEEP))

    async def _attempt_main(self) -> None:
        now_s = read_clock().uptime_s
        if now_s - self._main_at_s >= self._schedule.main_scan_interval_s:
            self._main_at_s = now_s
            await self.attempt(CleanupKind.MAIN)

    async def _is_deep_due(self) -> bool:
        stats = (await self._cleanup.totals.read_metrics()).cleanup_stats
        last = stats.last_runs.get(CleanupKind.DEEP)
        return self._schedule.is_deep_due(None if last is None else last.started_at, read_clock().wall.astimezone())

    async def attempt(self, kind: CleanupKind) -> None:
        """Run a clean-up now; a failure is logged and counted."""
        log = logger.bind(action="cleanup")
        try:
            self._tell(await self._cleanup.run(kind))
        except CleanupRunningError:
            log.debug("The clean-up {} waits for its next time: another one is under way.", kind)
        except Exception:
            self._storage.errors.record(StorageErrorKind.CLEANUP_ERROR)
            log.exception("The clean-up {} failed.", kind)

    def _tell(self, run: CleanupRun) -> None:
        log = logger.bind(action="cleanup")
        problems = (*run.failed, *run.damaged)
        if problems and problems != self._told.get(run.kind):
            self._storage.errors.record(StorageErrorKind.CLEANUP_ERROR)
            if run.failed:
                log.error("Cannot be deleted, and keep their space: {}.", "; ".join(run.failed))
            if run.damaged:
                log.error("Stored files are damaged, and are not delivered again: {}.", "; ".join(run.damaged))
        self._told[run.kind] = problems
        if run.kind is CleanupKind.DEEP:
            log.info(
                "Daily clean-up: {} files are good, {} damaged; {} orphans and {} old records removed, {} left servers "
                "forgotten, {} logs compressed.",
                run.checked - len(run.damaged),
                len(run.damaged),
                run.orphans,
                run.history,
                run.left_guilds,
                run.compressed_logs,
            )
        elif run.deleted:
            freed = format_size(run.freed_bytes)
            log.info("Clean-up {}: {} downloads deleted, {} freed.", run.kind, run.deleted, freed)
