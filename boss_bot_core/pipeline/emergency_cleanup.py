"""The emergency clean-up of storage: frees room before retention would, for downloads that have none."""

import time

from loguru import logger

from boss_bot_core.database import Database
from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.sizes import format_size
from boss_bot_core.domain.storage import StorageErrorKind
from boss_bot_core.errors import is_retryable
from boss_bot_core.storage import RetentionState, Storage, decide_retention_state

PAUSE_S = 30.0
"""Seconds for which nothing is tried again after a clean-up that freed nothing, unless a download ends."""


class EmergencyCleanup:
    """Reads the states of the downloads on disk from the database, and lets storage delete what may go."""

    def __init__(self, storage: Storage, database: Database) -> None:
        self._storage = storage
        self._database = database
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
        on_disk = await self._storage.list_items_on_disk()
        async with self._database.connect() as tx:
            items = [await tx.items.get(item_id) for item_id in on_disk]
        states = {item.id: _decide_state(item) for item in items if item is not None}
        report = await self._storage.free_room(states, needed_bytes, temp_only=temp_only)
        if report.organised:
            async with self._database.begin() as tx:
                files = [file.id for item_id in report.organised for file in await tx.files.list_for_item(item_id)]
                await tx.files.delete(files)
        log = logger.bind(action="emergency_cleanup")
        if report.failed:
            self._storage.errors.record(StorageErrorKind.CLEANUP_ERROR)
            log.error("Cannot be deleted, and keep their space: {}.", "; ".join(report.failed))
        if report.freed_bytes:
            counts = len(report.organised), len(report.temp)
            text = "Room was short: {} of {} stored and {} unfinished downloads were deleted before their time."
            log.warning(text, format_size(report.freed_bytes), *counts)
        else:
            self._next_at_s = time.monotonic() + PAUSE_S
        return report.freed_bytes


def _decide_state(item: DownloadItem) -> RetentionState:
    return decide_retention_state(item, retryable=is_retryable(item.error_type or ErrorType.UNKNOWN))
