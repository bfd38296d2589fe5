"""Messages with files, as they are written down before they are sent, so that none is lost or sent twice."""

from datetime import datetime
from uuid import UUID

import attrs

from boss_bot_core.domain.clock import as_utc, as_utc_or_none


@attrs.frozen(kw_only=True)
class DeliveryRecord:
    """One message of a download's delivery.

    Attributes:
        item_id: The download.
        batch: Which of its messages, in source order.
        batches: How many messages there are.
        nonce: What Discord tells a repeated request by; the same for every try of this message.
        channel_id: Where it goes.
        message_id: The message; None while nobody knows whether it arrived.
        created_at: When it was written down, before the first try, UTC.
        delivered_at: When Discord confirmed it, UTC.
    """

    item_id: UUID
    batch: int
    batches: int
    nonce: str
    channel_id: int
    message_id: int | None = None
    created_at: datetime = attrs.field(converter=as_utc)
    delivered_at: datetime | None = attrs.field(default=None, converter=as_utc_or_none)

    @property
    def is_confirmed(self) -> bool:
        """Whether the message is known to be there."""
        return self.message_id is not None
