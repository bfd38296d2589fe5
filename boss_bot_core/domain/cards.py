"""Where a download's card is: the one message that shows it and is edited until it ends."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import attrs

from boss_bot_core.domain.clock import as_utc

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
    created_at: datetime = attrs.field(converter=as_utc)
