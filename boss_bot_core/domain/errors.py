"""The codes that an error can have, as people and programs see them.

They stand apart from the exceptions because a stored item, a JSON answer and a message carry the code alone.

A failure as a value: what is stored, shown and sent over the wire in place of an exception.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import attrs

from boss_bot_core.domain.clock import to_utc


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


@attrs.frozen(kw_only=True)
class DownloadError:
    """Detailed error information for a failed download.

    Attributes:
        item_id: The download.
        error_type: The code.
        message: One sentence for people, with the next step.
        timestamp: When, UTC.
        retry_after: Seconds after which a retry is worth it, when the platform told.
        is_permanent: Whether a retry by itself is pointless.
    """

    item_id: UUID
    error_type: ErrorType
    message: str
    timestamp: datetime = attrs.field(converter=to_utc)
    retry_after: float | None = None
    is_permanent: bool = False
