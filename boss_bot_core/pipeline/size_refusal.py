"""What the record of a kept download says of a place that refused its files for their size: pure.

It stands in the download's history, so that a restart in between neither forgets it nor begins once more.
"""

from collections.abc import Iterable
from datetime import datetime

from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.storage import DownloadRecord, HistoryEntry

_REFUSED = "refused"


def refusal(now: datetime, limit_bytes: int) -> HistoryEntry:
    """Return the entry for files that a place with this limit did not take."""
    return HistoryEntry(at=now, action=_REFUSED, detail=f"{limit_bytes} bytes are allowed")


def is_refused(record: DownloadRecord) -> bool:
    """Tell whether the files were refused, and smaller ones have not been looked for since."""
    return bool(record.history) and record.history[-1].action == _REFUSED


def may_shrink(record: DownloadRecord) -> bool:
    """Tell whether smaller files have not been looked for yet."""
    return is_refused(record) or all(entry.action != _REFUSED for entry in record.history)


def wants_smaller(record: DownloadRecord, item: DownloadItem) -> bool:
    """Tell whether smaller files are to be looked for: none that were refused fits the limit that holds now."""
    return is_refused(record) and not any_fits((file.size_bytes for file in record.files), item)


def any_fits(sizes_bytes: Iterable[int], item: DownloadItem) -> bool:
    """Tell whether the item's place takes a file of one of these sizes."""
    return any(size_bytes <= item.max_file_size_bytes for size_bytes in sizes_bytes)
