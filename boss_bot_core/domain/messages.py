"""Where a download's card is: the one message that shows it and is edited until it ends.

Messages with files, as they are written down before they are sent, so that none is lost or sent twice.
"""

from datetime import datetime
from typing import Literal
from uuid import UUID

import attrs

from boss_bot_core.domain.clock import to_utc, to_utc_or_none

CardKind = Literal["message", "interaction"]
"""How the card came to be: as an ordinary message, or as the answer to a slash command."""


@attrs.frozen(kw_only=True)
class CardRecord:
    """A download's card. A download has one at a time; a message is the card of one download.

    Attributes:
        item_id: The download.
        channel_id: Where it is.
        message_id: The message.
        request_message_id: The message that asked for the download; None after a slash command.
        kind: How it came to be.
        created_at: When it was posted, UTC.
    """

    item_id: UUID
    channel_id: int
    message_id: int
    request_message_id: int | None = None
    kind: CardKind = "message"
    created_at: datetime = attrs.field(converter=to_utc)


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
    created_at: datetime = attrs.field(converter=to_utc)
    delivered_at: datetime | None = attrs.field(default=None, converter=to_utc_or_none)

    @property
    def is_confirmed(self) -> bool:
        """Whether the message is known to be there."""
        return self.message_id is not None
