"""A failure as a value: what is stored, shown and sent over the wire in place of an exception."""

from datetime import datetime
from uuid import UUID

import attrs

from boss_bot_core.domain.clock import as_utc
from boss_bot_core.domain.error_type import ErrorType


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
    timestamp: datetime = attrs.field(converter=as_utc)
    retry_after: float | None = None
    is_permanent: bool = False
