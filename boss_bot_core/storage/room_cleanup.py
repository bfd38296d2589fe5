"""The emergency clean-up: frees room before retention would, by age and size, and never what a download still needs.

What goes first: all that is expired, then delivered files, then what failed downloads left for a retry. Within each
group the oldest goes first, and of the same hour the largest, so that few downloads lose their files.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import attrs

from boss_bot_core.storage.filesystem import find_last_change, measure_folder_size
from boss_bot_core.storage.layout import StorageLayout
from boss_bot_core.storage.retention import Retention, RetentionState
from boss_bot_core.storage.scan import ItemFolder, list_item_folders
from boss_bot_core.storage.sweep import SweepReport, delete_folder, is_expired

_ORDER = {RetentionState.DELIVERED: 1, RetentionState.ENDED: 2, RetentionState.RETRYABLE: 3}
"""The groups that may go before their time. An unknown download may be another program's business until it expires."""


@attrs.frozen(kw_only=True)
class CleanupCandidate:
    """A folder that may be deleted to free room.

    Attributes:
        folder: The folder.
        size_bytes: Bytes of its files.
        age: Time since its last change.
        state: The state of its download.
        is_expired: Whether retention no longer keeps it.
    """

    folder: ItemFolder
    size_bytes: int
    age: timedelta
    state: RetentionState
    is_expired: bool


def choose_removals(candidates: Iterable[CleanupCandidate], needed_bytes: int) -> Sequence[CleanupCandidate]:
    """Return the folders to delete, in order, until `needed_bytes` are free; all that may go if they are too few."""
    allowed = [each for each in candidates if each.state is not RetentionState.ALIVE]
    ordered = sorted((each for each in allowed if each.is_expired or each.state in _ORDER), key=_rank)
    chosen: list[CleanupCandidate] = []
    for each in ordered:
        if sum(one.size_bytes for one in chosen) >= needed_bytes:
            break
        if each.size_bytes:
            chosen.append(each)
    return chosen


def _rank(each: CleanupCandidate) -> tuple[int, int, int]:
    return 0 if each.is_expired else _ORDER[each.state], -(each.age // timedelta(hours=1)), -each.size_bytes


def free_room(
    layout: StorageLayout,
    retention: Retention,
    states: Mapping[UUID, RetentionState],
    now: datetime,
    needed_bytes: int,
    *,
    temp_only: bool = False,
) -> SweepReport:
    """Delete folders until `needed_bytes` are free, or nothing more may go; blocking.

    Args:
        layout: The folders.
        retention: The retention periods.
        states: The states of the downloads on disk; a download that is missing here is unknown.
        now: The present, UTC.
        needed_bytes: The bytes to free.
        temp_only: Whether only the files of unfinished downloads count, because their limit is what is reached.
    """
    folders = [folder for folder in list_item_folders(layout) if folder.kind == "temp" or not temp_only]
    candidates = (
        CleanupCandidate(
            folder=folder,
            size_bytes=measure_folder_size(folder.path),
            age=now - find_last_change(folder.path),
            state=(state := states.get(folder.item_id, RetentionState.UNKNOWN)),
            is_expired=is_expired(folder, retention, state, now),
        )
        for folder in folders
    )
    report = SweepReport()
    for chosen in choose_removals(candidates, needed_bytes):
        report = delete_folder(chosen.folder, report)
    return report
