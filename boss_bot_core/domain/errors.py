"""Error codes, and a download's error as a value that is stored, shown and sent instead of an exception.

They are separate from the exceptions because a stored item, a JSON answer and a message carry only the code.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import attrs

from boss_bot_core.domain.clock import to_utc
from boss_bot_core.domain.link import FitChoice


class ErrorType(StrEnum):
    """Types of download errors: the six of the PRD, then those that real platforms require."""

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
    CHOICE_NEEDED = "choice_needed"


@attrs.frozen(kw_only=True)
class DownloadError:
    """Detailed error information for a failed download.

    Attributes:
        item_id: The download's id.
        error_type: The error code.
        message: One sentence for the user, with the next step.
        timestamp: Time of the error, UTC.
        retry_after: Seconds after which a retry is worth it, when the platform told.
        choices: The possible answers of the requester, when the code is `choice_needed`.
    """

    item_id: UUID
    error_type: ErrorType
    message: str
    timestamp: datetime = attrs.field(converter=to_utc)
    retry_after: float | None = None
    choices: tuple[FitChoice, ...] = ()
