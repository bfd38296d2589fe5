"""The choice of an emergency clean-up: what goes before retention ends, by age and size, when room is short.

What goes first: all that is expired, then delivered files, then what failed downloads left for a retry. Within each
group the oldest goes first, and of the same hour the largest, so that few downloads lose their files. What a download
still needs never goes.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

import attrs

from boss_bot_core.domain.clock_history import ClockHistory
from boss_bot_core.storage.expiry import find_expired
from boss_bot_core.storage.filesystem import find_last_change, measure_folder_size
from boss_bot_core.storage.retention import Retention, RetentionState
from boss_bot_core.storage.scan import ItemFolder

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


def list_candidates(
    folders: Collection[ItemFolder],
    retention: Retention,
    states: Mapping[UUID, RetentionState],
    clock: ClockHistory,
) -> Iterator[CleanupCandidate]:
    """Yield the folders that may go; blocking.

    Args:
        folders: The folders to look at.
        retention: The retention periods.
        states: The states of their downloads; a download that is missing here is unknown.
        clock: The history of the clock; its last reading is the present.
    """
    expired = frozenset(find_expired(folders, retention, states, clock))
    for folder in folders:
        state = states.get(folder.item_id, RetentionState.UNKNOWN)
        if folder in expired or state in _ORDER:
            yield CleanupCandidate(
                folder=folder,
                size_bytes=measure_folder_size(folder.path),
                age=clock.compute_age(find_last_change(folder.path)),
                state=state,
                is_expired=folder in expired,
            )


def choose_removals(candidates: Iterable[CleanupCandidate], needed_bytes: int) -> Sequence[CleanupCandidate]:
    """Return the folders to delete, in order, until `needed_bytes` are free; all that may go if they are too few."""
    chosen: list[CleanupCandidate] = []
    for each in sorted((each for each in candidates if each.size_bytes), key=_rank):
        if sum(one.size_bytes for one in chosen) >= needed_bytes:
            break
        chosen.append(each)
    return chosen


def _rank(each: CleanupCandidate) -> tuple[int, int, int]:
    return 0 if each.is_expired else _ORDER[each.state], -(each.age // timedelta(hours=1)), -each.size_bytes
