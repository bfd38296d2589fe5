"""What is counted of storage, in the terms of the PRD: its errors by their kinds, and its metrics.

A kind is a value for counts and reports. What is raised comes from the one error tree (`boss_bot_core.errors`).
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

import attrs

from boss_bot_core.domain.cleanup import CleanupStats
from boss_bot_core.domain.clock import to_utc_or_none
from boss_bot_core.domain.errors import ErrorType


class StorageErrorKind(StrEnum):
    """The PRD's `StorageError`: what can go wrong with files on disk."""

    DISK_FULL = "Insufficient disk space"
    QUOTA_EXCEEDED = "Guild quota exceeded"
    INVALID_FILE = "File validation failed"
    CLEANUP_ERROR = "Cleanup process failed"


_KINDS = {
    ErrorType.DISK_FULL: StorageErrorKind.DISK_FULL,
    ErrorType.QUOTA_EXCEEDED: StorageErrorKind.QUOTA_EXCEEDED,
    ErrorType.REJECTED: StorageErrorKind.INVALID_FILE,
}


def find_storage_error_kind(error_type: ErrorType) -> StorageErrorKind | None:
    """Return the kind of a download's error; None for an error that has nothing to do with storage."""
    return _KINDS.get(error_type)


@attrs.frozen(kw_only=True)
class StorageMetrics:
    """The PRD's metrics of storage.

    Attributes:
        total_space_used: Bytes of all stored and unfinished downloads; what several downloads share counts once.
        temp_space_used: Bytes of the unfinished downloads.
        downloads_per_guild: Number of stored downloads of each guild; `LOCAL_ID` stands for the command line.
        cleanup_stats: The totals of the clean-ups.
        error_counts: Number of storage errors of each kind, since the bot's start.
        measured_at: The time of the last measurement, UTC; None before the first one.
    """

    total_space_used: int = 0
    temp_space_used: int = 0
    downloads_per_guild: Mapping[int, int] = attrs.field(factory=dict)
    cleanup_stats: CleanupStats = attrs.field(factory=CleanupStats)
    error_counts: Mapping[StorageErrorKind, int] = attrs.field(factory=dict)
    measured_at: datetime | None = attrs.field(default=None, converter=to_utc_or_none)
