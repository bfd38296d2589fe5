"""The storage service: every operation on stored and temporary files, run in threads beside the event loop."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import attrs

from boss_bot_core.concurrency import shielded
from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.media import DownloadedFile
from boss_bot_core.storage.commit import store_copy, store_files
from boss_bot_core.storage.error_counts import StorageErrorCounter
from boss_bot_core.storage.filesystem import clear_folder, remove_tree
from boss_bot_core.storage.layout import StorageLayout
from boss_bot_core.storage.metadata import DownloadRecord, add_history_entry, read_record
from boss_bot_core.storage.model import HistoryEntry, VerifiedDownload
from boss_bot_core.storage.quota import Quota, Usage, measure_usage
from boss_bot_core.storage.retention import Retention


async def _deny_premium(_: int) -> bool:
    return False


@attrs.frozen(kw_only=True)
class Storage:
    """The files of all downloads.

    An operation that changes files completes although its task is cancelled: its thread would otherwise go on beside
    the thread of the next attempt.

    Attributes:
        layout: The folders of all files.
        quota: The limits for space.
        retention: The retention periods.
        errors: Counts of storage errors in this process.
        is_premium_guild: Returns whether the files of a guild are kept for longer.
    """

    layout: StorageLayout
    quota: Quota
    retention: Retention = attrs.field(factory=Retention)
    errors: StorageErrorCounter = attrs.field(factory=StorageErrorCounter, eq=False)
    is_premium_guild: Callable[[int], Awaitable[bool]] = attrs.field(default=_deny_premium, eq=False)

    async def prepare(self) -> None:
        """Create the folders; call it once, before all other operations."""
        await asyncio.to_thread(self.layout.prepare)

    @shielded
    async def open_temp(self, item: DownloadItem) -> Path:
        """Return the folder of an unfinished download with what an earlier attempt left there; raises DiskFullError."""
        return await asyncio.to_thread(self.layout.open_temp, item)

    @shielded
    async def discard_temp(self, item_id: UUID) -> None:
        """Delete the temporary files of a download, if there are any."""
        await asyncio.to_thread(remove_tree, self.layout.temp_folder(item_id))

    @shielded
    async def discard_all_temp(self) -> int:
        """Delete the temporary files of all downloads, none of which may run, and return their bytes."""
        return await asyncio.to_thread(clear_folder, self.layout.temp)

    @shielded
    async def store(self, download: VerifiedDownload) -> tuple[DownloadedFile, ...]:
        """Store a download's files and return them; safe to repeat. The temporary files stay.

        Raises:
            FileRejectedError: A source is not a regular file below the download's temporary folder.
            DiskFullError: The disk is full.
        """
        now, kept = utc_now(), await self._find_period(download.item)
        return await asyncio.to_thread(store_files, self.layout, download, now=now, expires_at=now + kept)

    @shielded
    async def store_copy(self, item: DownloadItem, record: DownloadRecord) -> tuple[DownloadedFile, ...]:
        """Store the files of an earlier download again as the files of `item`, with their own retention.

        Raises:
            FileNotFoundError: The earlier files have just been swept.
            DiskFullError: The disk is full.
        """
        now, kept = utc_now(), await self._find_period(item)
        return await asyncio.to_thread(store_copy, self.layout, item, record, now=now, expires_at=now + kept)

    async def read(self, item: DownloadItem) -> DownloadRecord | None:
        """Return the record of a download, or None when it is not stored.

        Raises:
            StorageError: The record is not readable.
        """
        return await asyncio.to_thread(read_record, self.layout.download_folder(item))

    @shielded
    async def add_history(self, item: DownloadItem, entry: HistoryEntry) -> None:
        """Append an entry to the history of a stored download; without effect when it is no longer stored.

        Only one caller at a time per download may call this: its runner.
        """
        await asyncio.to_thread(add_history_entry, self.layout.download_folder(item), entry)

    async def measure_usage(self) -> Usage:
        """Measure the space in use."""
        return await asyncio.to_thread(measure_usage, self.layout, self.quota)

    async def _find_period(self, item: DownloadItem) -> timedelta:
        return self.retention.premium if await self.is_premium_guild(item.guild_id) else self.retention.delivered
