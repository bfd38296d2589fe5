"""Records of the bot's messages: the card that shows a download, and the messages that deliver its files."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import attrs

from boss_bot_core.domain.clock import to_utc, to_utc_or_none
from boss_bot_core.domain.languages import ENGLISH

CardKind = Literal["message", "interaction"]
"""How the card was posted: as an ordinary message, or as the response to a slash command."""


@attrs.frozen(kw_only=True)
class CardRecord:
    """The record of a card: the message that shows a download and is edited until the download ends.

    A download has one card at a time, and a message is the card of one download.

    Attributes:
        item_id: Id of the download.
        channel_id: Id of the card's channel.
        message_id: Id of the card's message.
        request_message_id: Id of the message that requested the download; None after a slash command.
        kind: How the card was posted.
        created_at: Time at which it was posted, UTC.
        language: Language of the card.
    """

    item_id: UUID
    channel_id: int
    message_id: int
    request_message_id: int | None = None
    kind: CardKind = "message"
    created_at: datetime = attrs.field(converter=to_utc)
    language: str = ENGLISH


@attrs.frozen(kw_only=True)
class DeliveryRecord:
    """The record of one message with files, stored before it is sent so that it is neither lost nor sent twice.

    Attributes:
        item_id: Id of the download.
        batch: Number of this message among the messages of the download, in source order.
        batches: Number of messages of the download.
        nonce: Text by which Discord recognises a repeated request; the same for every try of this message.
        channel_id: Id of the message's channel.
        message_id: Id of the message; None while it is unknown whether the message arrived.
        created_at: Time at which the record was stored, before the first try, UTC.
        delivered_at: Time at which Discord confirmed the message, UTC.
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
        """Whether Discord has confirmed the message."""
        return self.message_id is not None
