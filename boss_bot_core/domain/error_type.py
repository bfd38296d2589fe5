"""The codes that an error can have, as people and programs see them.

They stand apart from the exceptions because a stored item, a JSON answer and a message carry the code alone.
"""

from enum import StrEnum


class ErrorType(StrEnum):
    """Types of download errors: the PRD's six, then what real platforms taught."""

    NETWORK = "network"
    RATE_LIMIT = "rate_limit"
    FILE_TOO_LARGE = "file_too_large"
    INVALID_URL = "invalid_url"
    PERMISSION_DENIED = "permission_denied"
    UNKNOWN = "unknown"

    AUTH_REQUIRED = "auth_required"
    NOT_FOUND = "not_found"
    NOTHING_FOUND = "nothing_found"
    UNSUPPORTED = "unsupported"
    BLOCKED = "blocked"
    REJECTED = "rejected"
    TIMEOUT = "timeout"
    DISK_FULL = "disk_full"
    QUOTA_EXCEEDED = "quota_exceeded"
    QUEUE_FULL = "queue_full"
    CANCELLED = "cancelled"
