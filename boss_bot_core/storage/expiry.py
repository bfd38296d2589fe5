"""Finds the folders that retention no longer keeps: never one of an unfinished download, or of no download."""

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from uuid import UUID

from boss_bot_core.domain.clock_history import ClockHistory
from boss_bot_core.storage.filesystem import find_last_change
from boss_bot_core.storage.layout import StorageError
from boss_bot_core.storage.metadata import read_record
from boss_bot_core.storage.retention import Retention, RetentionState, StoredPeriod
from boss_bot_core.storage.scan import ItemFolder


def find_expired(
    folders: Iterable[ItemFolder], retention: Retention, states: Mapping[UUID, RetentionState], clock: ClockHistory
) -> Iterator[ItemFolder]:
    """Yield the folders that retention no longer keeps; blocking.

    Args:
        folders: The folders to look at.
        retention: The retention periods.
        states: The states of their downloads; a download that is missing here is unknown.
        clock: The history of the clock; its last reading is the present.
    """
    for folder in folders:
        state = states.get(folder.item_id, RetentionState.UNKNOWN)
        if folder.kind == "expired" or _is_expired(folder, retention, state, clock):
            yield folder


def _is_expired(folder: ItemFolder, retention: Retention, state: RetentionState, clock: ClockHistory) -> bool:
    if state is RetentionState.ALIVE:
        return False
    changed_at = find_last_change(folder.path)
    if clock.is_from_future(changed_at):
        # Otherwise the folder would stay until then.
        _renew_change_times(folder.path)
    age = clock.compute_age(changed_at)
    if folder.kind == "temp":
        return retention.is_temp_expired(state, age)
    if folder.kind == "leftover":
        return age >= retention.abandoned
    return retention.is_organised_expired(state, age, _read_period(folder, clock))


def _read_period(folder: ItemFolder, clock: ClockHistory) -> StoredPeriod | None:
    try:
        record = read_record(folder.path)
    except StorageError:
        record = None
    if record is None or clock.is_from_future(record.organised_at):
        return None
    return StoredPeriod(age=clock.compute_age(record.organised_at), kept=record.expires_at - record.organised_at)


def _renew_change_times(folder: Path) -> None:
    """Set the change times in `folder` to the present: they come from a time that the clock has not reached."""
    for parent, _, names in os.walk(folder):
        for path in (Path(parent), *(Path(parent, name) for name in names)):
            if not path.is_symlink():
                path.chmod(stat.S_IMODE(path.stat().st_mode))
                os.utime(path)
