"""Pure rules for stored files that do not fit: when to convert them, and when to search for smaller ones.

A refusal of the destination, and an open question to the requester, are entries in the stored download's history, so
that a restart neither forgets nor repeats anything.
"""

from collections.abc import Iterable
from datetime import datetime

from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.errors import FileTooLargeError
from boss_bot_core.storage import DownloadRecord, HistoryEntry

_REFUSED = "refused"
_UNDECIDED = "undecided"


def build_question_entry(now: datetime, question: str) -> HistoryEntry:
    """Return the history entry for files about which the requester has to decide."""
    return HistoryEntry(at=now, action=_UNDECIDED, detail=question)


def is_undecided(record: DownloadRecord) -> bool:
    """Return whether the requester has to decide what becomes of the files."""
    return bool(record.history) and record.history[-1].action == _UNDECIDED


def should_convert(record: DownloadRecord, item: DownloadItem) -> bool:
    """Return whether plugins should convert the files: a decision was open, or one is too large for the destination."""
    return is_undecided(record) or any(file.size_bytes > item.max_file_size_bytes for file in record.files)


def build_refusal_entry(now: datetime, limit_bytes: int) -> HistoryEntry:
    """Return the history entry for files that a destination with this limit refused."""
    return HistoryEntry(at=now, action=_REFUSED, detail=f"{limit_bytes} bytes are allowed")


def is_refused(record: DownloadRecord) -> bool:
    """Return whether the files were refused and no search for smaller files has followed."""
    return bool(record.history) and record.history[-1].action == _REFUSED


def may_search_smaller(record: DownloadRecord) -> bool:
    """Return whether no search for smaller files has taken place yet; there is at most one."""
    return is_refused(record) or all(entry.action != _REFUSED for entry in record.history)


def should_search_smaller(record: DownloadRecord, item: DownloadItem) -> bool:
    """Return whether to search for smaller files: the files were refused, and none fits the current limit."""
    return is_refused(record) and not _has_deliverable_size((file.size_bytes for file in record.files), item)


def check_found_smaller(sizes_bytes: Iterable[int], item: DownloadItem) -> None:
    """Check the sizes of the files that a search for smaller files found.

    Raises:
        FileTooLargeError: The item's destination accepts none of them.
    """
    if not _has_deliverable_size(sizes_bytes, item):
        raise FileTooLargeError("The source has nothing smaller.")


def _has_deliverable_size(sizes_bytes: Iterable[int], item: DownloadItem) -> bool:
    return any(size_bytes <= item.max_file_size_bytes for size_bytes in sizes_bytes)
