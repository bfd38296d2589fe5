"""Storage as the rest of the program uses it: every operation, away from the event loop."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

import attrs

from boss_bot_core.concurrency import shielded
from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.media import DownloadedFile
from boss_bot_core.storage.commit import adopt, organise
from boss_bot_core.storage.filesystem import remove_tree
from boss_bot_core.storage.layout import StorageLayout
from boss_bot_core.storage.metadata import DownloadRecord, HistoryEntry, add_entry, read_record
from boss_bot_core.storage.model import FinishedDownload
from boss_bot_core.storage.quota import Quota, Usage, check_quota, measure
from boss_bot_core.storage.retention import Retention, RetentionState
from boss_bot_core.storage.sweep import StorageSweep, SweepReport


@attrs.frozen(kw_only=True)
class Storage:
    """The files of all downloads.

    What changes files ends although its task is cancelled: its thread would go on, beside the next attempt's.

    Attributes:
        layout: Where they are.
        quota: How much there may be.
        retention: How long they stay.
    """

    layout: StorageLayout
    quota: Quota
    retention: Retention = attrs.field(factory=Retention)

    async def prepare(self) -> None:
        """Make the folders; call it once before anything else."""
        await asyncio.to_thread(self.layout.prepare)

    async def open_temp(self, item_id: UUID) -> Path:
        """Return the folder of an unfinished download, with whatever an earlier attempt left in it.

        Raises:
            DiskFullError: There is no room for it.
        """
        return await asyncio.to_thread(self.layout.open_temp, item_id)

    @shielded
    async def discard_temp(self, item_id: UUID) -> None:
        """Delete the temporary files of a download; none is fine."""
        await asyncio.to_thread(remove_tree, self.layout.temp_folder(item_id))

    @shielded
    async def organise(self, finished: FinishedDownload) -> tuple[DownloadedFile, ...]:
        """Put a download's files where they are kept; safe to repeat. Its temporary files stay.

        Raises:
            FileRejectedError: A source is not a regular file below the download's temporary folder.
            DiskFullError: There is no room.
        """
        now = utc_now()
        expires_at = now + self.retention.delivered
        return await asyncio.to_thread(organise, self.layout, finished, now=now, expires_at=expires_at)

    @shielded
    async def adopt(self, item: DownloadItem, record: DownloadRecord) -> tuple[DownloadedFile, ...]:
        """Give `item` the files of an earlier download, as its own with a retention of their own.

        Raises:
            FileNotFoundError: They have just been swept away.
            DiskFullError: There is no room.
        """
        now = utc_now()
        expires_at = now + self.retention.delivered
        return await asyncio.to_thread(adopt, self.layout, item, record, now=now, expires_at=expires_at)

    async def read(self, item: DownloadItem) -> DownloadRecord | None:
        """Return what is known of an organised download, or None where it is not kept.

        Raises:
            StorageError: Its record cannot be understood.
        """
        return await asyncio.to_thread(read_record, self.layout.download_folder(item))

    @shielded
    async def add_history(self, item: DownloadItem, entry: HistoryEntry) -> None:
        """Add to the history of an organised download; one that is not kept any more has none.

        One caller at a time per download: its runner.
        """
        await asyncio.to_thread(add_entry, self.layout.download_folder(item), entry)

    async def check_quota(self, guild_id: int, incoming_bytes: int = 0) -> Usage:
        """Check that there is room for another download, and return what is in use.

        Raises:
            QuotaExceededError: The server has had its share of the day.
            DiskFullError: There is no room for anybody.
        """
        usage = await asyncio.to_thread(measure, self.layout, guild_id, utc_now())
        check_quota(self.quota, usage, guild_id, incoming_bytes)
        return usage

    async def items_on_disk(self) -> frozenset[UUID]:
        """Return whose files lie on disk: the downloads whose fates `sweep` wants to know."""
        return await asyncio.to_thread(self._sweep.items_on_disk)

    @shielded
    async def sweep(self, states: Mapping[UUID, RetentionState]) -> SweepReport:
        """Delete what is kept no longer; a download whose fate is not given is unknown."""
        return await asyncio.to_thread(self._sweep.run, states, utc_now())

    @property
    def _sweep(self) -> StorageSweep:
        return StorageSweep(layout=self.layout, retention=self.retention)
