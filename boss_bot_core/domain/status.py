"""What state a download is in, and which state may follow which.

One table decides for the whole program: every change of a status asks `may_follow`.
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
"""States in which a runner owns the item."""

FINISHED = frozenset({_S.COMPLETED, _S.FAILED, _S.CANCELLED})
"""States that only a person's wish can leave (retry)."""

TRANSITIONS: Mapping[DownloadStatus, frozenset[DownloadStatus]] = MappingProxyType(
    {
        # queued -> processing / uploading: what an earlier attempt finished is not done again.
        _S.QUEUED: frozenset({_S.DOWNLOADING, _S.PROCESSING, _S.UPLOADING, _S.PAUSED, _S.CANCELLED, _S.FAILED}),
        # -> queued: a retry that waits, or a runner that died.
        _S.DOWNLOADING: frozenset({_S.PROCESSING, _S.QUEUED, _S.PAUSED, _S.FAILED, _S.CANCELLED}),
        _S.PROCESSING: frozenset({_S.UPLOADING, _S.COMPLETED, _S.QUEUED, _S.PAUSED, _S.FAILED, _S.CANCELLED}),
        _S.UPLOADING: frozenset({_S.COMPLETED, _S.QUEUED, _S.FAILED, _S.CANCELLED}),
        # paused -> downloading: the stopped worker goes on; paused -> queued: it was ended meanwhile.
        _S.PAUSED: frozenset({_S.QUEUED, _S.DOWNLOADING, _S.PROCESSING, _S.CANCELLED}),
        _S.FAILED: frozenset({_S.QUEUED}),
        _S.CANCELLED: frozenset({_S.QUEUED}),
        _S.COMPLETED: frozenset(),
    }
)


def can_transition(current: DownloadStatus, target: DownloadStatus) -> bool:
    """Tell whether an item in `current` may go to `wanted`."""
    return target in TRANSITIONS[current]
