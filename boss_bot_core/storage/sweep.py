"""The sweep: whatever retention does not keep is deleted. What is alive, or not ours, is never touched."""

import contextlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import attrs

from boss_bot_core.storage.filesystem import folder_size, last_change, remove_tree
from boss_bot_core.storage.layout import StorageError, StorageLayout
from boss_bot_core.storage.metadata import read_record
from boss_bot_core.storage.retention import Retention, RetentionState
from boss_bot_core.storage.scan import ItemFolder, day_folders, item_folders

# A folder that was made just now is empty until its download is put there.
_QUIET = timedelta(hours=1)


@attrs.frozen(kw_only=True)
class SweepReport:
    """What a sweep did.

    Attributes:
        temp: Downloads whose temporary files are gone.
        organised: Downloads whose organised files are gone.
        freed_bytes: How much room that made.
        failed: What could not be deleted: a download's id and why.
    """

    temp: tuple[UUID, ...] = ()
    organised: tuple[UUID, ...] = ()
    freed_bytes: int = 0
    failed: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class StorageSweep:
    """Deletes what retention does not keep; blocking.

    Attributes:
        layout: Where everything is.
        retention: How long it stays there.
    """

    layout: StorageLayout
    retention: Retention

    def items_on_disk(self) -> frozenset[UUID]:
        """Return whose files lie on disk."""
        return frozenset(folder.item_id for folder in item_folders(self.layout))

    def run(self, states: Mapping[UUID, RetentionState], now: datetime) -> SweepReport:
        """Delete what is kept no longer, and empty folders.

        Args:
            states: What became of the downloads on disk; one that is missing here is unknown.
            now: The present, UTC.
        """
        report = SweepReport()
        for folder in item_folders(self.layout):
            if self._is_expired(folder, states.get(folder.item_id, RetentionState.UNKNOWN), now):
                report = _delete(folder, report)
        days = tuple(day_folders(self.layout))
        for empty in (*days, *{day.parent for day in days}):
            if now - last_change(empty) >= _QUIET:
                # One that is not empty stays.
                with contextlib.suppress(OSError):
                    empty.rmdir()
        return report

    def _is_expired(self, folder: ItemFolder, state: RetentionState, now: datetime) -> bool:
        age = now - last_change(folder.path)
        if folder.kind == "temp":
            return self.retention.is_temp_expired(state, age)
        if folder.kind == "leftover":
            return state is not RetentionState.ALIVE and age >= self.retention.abandoned
        try:
            record = read_record(folder.path)
        except StorageError:
            record = None
        expires_at = None if record is None else record.expires_at
        return self.retention.is_organised_expired(state, age, expires_at, now)


def _delete(folder: ItemFolder, report: SweepReport) -> SweepReport:
    size = folder_size(folder.path)
    try:
        remove_tree(_rename_aside(folder))
    except OSError as error:
        return attrs.evolve(report, failed=(*report.failed, f"{folder.item_id}: {error.strerror}"))
    report = attrs.evolve(report, freed_bytes=report.freed_bytes + size)
    if folder.kind == "temp":
        return attrs.evolve(report, temp=(*report.temp, folder.item_id))
    if folder.kind == "organised":
        return attrs.evolve(report, organised=(*report.organised, folder.item_id))
    return report


def _rename_aside(folder: ItemFolder) -> Path:
    # Nobody finds half of an organised download while the rest of it is being deleted.
    if folder.kind != "organised":
        return folder.path
    withdrawn = StorageLayout.replaced_folder(folder.path)
    remove_tree(withdrawn)
    return folder.path.rename(withdrawn)
