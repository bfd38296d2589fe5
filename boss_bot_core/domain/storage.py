"""Kinds of storage errors, in the terms of the PRD, and the download errors that belong to each.

A kind is a value for counts and reports. What is raised comes from the one error tree (`boss_bot_core.errors`).
"""

from enum import StrEnum

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
