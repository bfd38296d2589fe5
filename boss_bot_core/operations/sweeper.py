"""The storage sweeper: deletes expired files every five minutes, for as long as this process dispatches."""

import asyncio

from loguru import logger

from boss_bot_core.database import Database
from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.storage import StorageErrorKind
from boss_bot_core.errors import is_retryable
from boss_bot_core.storage import RetentionState, Storage, decide_retention_state

SWEEP_INTERVAL_S = 300.0
"""The PRD's `TEMP_SCAN_INTERVAL`, seconds."""


class StorageSweeper:
    """Reads the states of the downloads on disk from the database, and lets storage delete the expired ones."""

    def __init__(self, storage: Storage, database: Database) -> None:
        self._storage = storage
        self._database = database
        self._failed: tuple[str, ...] = ()

    async def run(self) -> None:
        """Sweep now and every five minutes until cancelled; a failed sweep is logged, and the next one follows."""
        while True:
            try:
                await self.sweep()
            except Exception:  # noqa: BLE001 - a full disk or a locked database must not end all later sweeps
                self._storage.errors.record(StorageErrorKind.CLEANUP_ERROR)
                logger.bind(action="sweep").exception("Sweeping failed.")
            await asyncio.sleep(SWEEP_INTERVAL_S)

    async def sweep(self) -> None:
        """Sweep once."""
        on_disk = await self._storage.list_items_on_disk()
        async with self._database.connect() as tx:
            items = [await tx.items.get(item_id) for item_id in on_disk]
        report = await self._storage.sweep({item.id: _decide_state(item) for item in items if item is not None})
        if report.organised:
            async with self._database.begin() as tx:
                files = [file.id for item_id in report.organised for file in await tx.files.list_for_item(item_id)]
                await tx.files.delete(files)
        if report.failed and report.failed != self._failed:
            self._storage.errors.record(StorageErrorKind.CLEANUP_ERROR)
            logger.bind(action="sweep").error("Cannot be deleted, and keep their space: {}.", "; ".join(report.failed))
        self._failed = report.failed
        if report.temp or report.organised:
            logger.bind(action="sweep").info("Swept {} bytes away.", report.freed_bytes)


def _decide_state(item: DownloadItem) -> RetentionState:
    return decide_retention_state(item, retryable=is_retryable(item.error_type or ErrorType.UNKNOWN))
