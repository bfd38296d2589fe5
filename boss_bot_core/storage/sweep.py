"""The sweep: deletes downloads that retention no longer keeps, and the remains of crashes.

The sweep never deletes an unfinished download, nor a folder that is not a download's.
"""

import contextlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import attrs

from boss_bot_core.storage.filesystem import find_last_change, measure_folder_size, remove_tree
from boss_bot_core.storage.layout import StorageError, StorageLayout
from boss_bot_core.storage.metadata import read_record
from boss_bot_core.storage.retention import Retention, RetentionState
from boss_bot_core.storage.scan import ItemFolder, list_day_folders, list_item_folders

# A new folder is empty until its download is moved there.
_EMPTY_FOLDER_AGE = timedelta(hours=1)


@attrs.frozen(kw_only=True)
class SweepReport:
    """The result of a sweep.

    Attributes:
        temp: Downloads whose temporary files were deleted.
        organised: Downloads whose stored files were deleted.
        freed_bytes: Bytes that were freed.
        failed: Folders that could not be deleted: each a download's id and the reason.
    """

    temp: tuple[UUID, ...] = ()
    organised: tuple[UUID, ...] = ()
    freed_bytes: int = 0
    failed: tuple[str, ...] = ()


def list_items_on_disk(layout: StorageLayout) -> frozenset[UUID]:
    """Return the downloads that have files on disk; blocking."""
    return frozenset(folder.item_id for folder in list_item_folders(layout))


def sweep_storage(
    layout: StorageLayout, retention: Retention, states: Mapping[UUID, RetentionState], now: datetime
) -> SweepReport:
    """Delete what retention no longer keeps, and empty folders; blocking.

    Args:
        layout: The folders.
        retention: The retention periods.
        states: The states of the downloads on disk; a download that is missing here is unknown.
        now: The present, UTC.
    """
    report = SweepReport()
    for folder in list_item_folders(layout):
        if is_expired(folder, retention, states.get(folder.item_id, RetentionState.UNKNOWN), now):
            report = delete_folder(folder, report)
    days = tuple(list_day_folders(layout))
    for empty in (*days, *{day.parent for day in days}):
        if now - find_last_change(empty) >= _EMPTY_FOLDER_AGE:
            # The removal of a folder that is not empty fails, and the folder stays.
            with contextlib.suppress(OSError):
                empty.rmdir()
    return report


def is_expired(folder: ItemFolder, retention: Retention, state: RetentionState, now: datetime) -> bool:
    """Return whether retention no longer keeps a folder; blocking."""
    age = now - find_last_change(folder.path)
    if folder.kind == "temp":
        return retention.is_temp_expired(state, age)
    if folder.kind == "leftover":
        return state is not RetentionState.ALIVE and age >= retention.abandoned
    try:
        record = read_record(folder.path)
    except StorageError:
        record = None
    expires_at = None if record is None else record.expires_at
    return retention.is_organised_expired(state, age, expires_at, now)


def delete_folder(folder: ItemFolder, report: SweepReport) -> SweepReport:
    """Delete a folder, and return the report with it; blocking."""
    size_bytes = measure_folder_size(folder.path)
    try:
        remove_tree(_rename_aside(folder))
    except OSError as error:
        return attrs.evolve(report, failed=(*report.failed, f"{folder.item_id}: {error.strerror}"))
    report = attrs.evolve(report, freed_bytes=report.freed_bytes + size_bytes)
    if folder.kind == "temp":
        return attrs.evolve(report, temp=(*report.temp, folder.item_id))
    if folder.kind == "organised":
        return attrs.evolve(report, organised=(*report.organised, folder.item_id))
    return report


def _rename_aside(folder: ItemFolder) -> Path:
    # A reader must never find a stored download of which some files are deleted already.
    if folder.kind != "organised":
        return folder.path
    aside = StorageLayout.replaced_folder(folder.path)
    remove_tree(aside)
    return folder.path.rename(aside)
