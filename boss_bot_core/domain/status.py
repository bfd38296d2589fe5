"""The status and the priority of a download, and the table of allowed status transitions.

Every change of a status in the program is checked with `can_transition`.
"""

from collections.abc import Mapping
from enum import IntEnum, StrEnum
from types import MappingProxyType


class DownloadStatus(StrEnum):
    """Status of a download item."""

    QUEUED = "queued"
    DOWNLOADING = "downloading"
    PROCESSING = "processing"
    UPLOADING = "uploading"
    PAUSED = "paused"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


class DownloadPriority(IntEnum):
    """Priority levels for downloads."""

    LOW = 0
    NORMAL = 1
    HIGH = 2


_S = DownloadStatus

RUNNING = frozenset({_S.DOWNLOADING, _S.PROCESSING, _S.UPLOADING})
"""Statuses in which a runner has claimed the item."""

FINISHED = frozenset({_S.COMPLETED, _S.FAILED, _S.CANCELLED})
"""Statuses that an item leaves only by a retry that a user requests."""

UNCOUNTED = frozenset({_S.FAILED, _S.CANCELLED})
"""Statuses of downloads that do not count for a user's daily number."""

TRANSITIONS: Mapping[DownloadStatus, frozenset[DownloadStatus]] = MappingProxyType(
    {
        # queued -> processing / uploading: the stages that an earlier attempt finished are not repeated.
        _S.QUEUED: frozenset({_S.DOWNLOADING, _S.PROCESSING, _S.UPLOADING, _S.PAUSED, _S.CANCELLED, _S.FAILED}),
        # -> queued: a retry is scheduled, or the runner died.
        _S.DOWNLOADING: frozenset({_S.PROCESSING, _S.QUEUED, _S.PAUSED, _S.FAILED, _S.CANCELLED}),
        # processing -> downloading: a resumed file was rejected, and is fetched from the start.
        _S.PROCESSING: frozenset(
            {_S.DOWNLOADING, _S.UPLOADING, _S.COMPLETED, _S.QUEUED, _S.PAUSED, _S.FAILED, _S.CANCELLED}
        ),
        _S.UPLOADING: frozenset({_S.COMPLETED, _S.QUEUED, _S.FAILED, _S.CANCELLED}),
        # paused -> downloading: the stopped worker continues; paused -> queued: the worker has ended meanwhile.
        # paused -> failed: a more important item took its place in the full queue.
        _S.PAUSED: frozenset({_S.QUEUED, _S.DOWNLOADING, _S.PROCESSING, _S.CANCELLED, _S.FAILED}),
        _S.FAILED: frozenset({_S.QUEUED}),
        _S.CANCELLED: frozenset({_S.QUEUED}),
        _S.COMPLETED: frozenset(),
    }
)


def can_transition(current: DownloadStatus, target: DownloadStatus) -> bool:
    """Return whether an item may change its status from `current` to `target`."""
    return target in TRANSITIONS[current]
