"""Where a card is first posted, and what is known of it then."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID

import attrs

from boss_bot_core.bot.cards.rendered import RenderedCard
from boss_bot_core.domain.cards import CardKind, CardRecord


@attrs.frozen(kw_only=True)
class SentCard:
    """The message that a card became.

    Attributes:
        channel_id: Where it is.
        message_id: The message.
    """

    channel_id: int
    message_id: int


@attrs.frozen(kw_only=True)
class CardDestination:
    """How to post a download's first card.

    Attributes:
        send: Posts it: as a reply, or as the answer to an interaction; never pings.
        request_message_id: The message that asked for the download; None after a slash command.
        kind: How it comes to be.
        embeds: Whether the bot may embed links there.
    """

    send: Callable[[RenderedCard], Awaitable[SentCard]]
    request_message_id: int | None = None
    kind: CardKind = "message"
    embeds: bool = True

    def record_of(self, item_id: UUID, sent: SentCard, now: datetime) -> CardRecord:
        """Return what is kept of the card that `sent` is."""
        return CardRecord(
            item_id=item_id,
            channel_id=sent.channel_id,
            message_id=sent.message_id,
            request_message_id=self.request_message_id,
            kind=self.kind,
            created_at=now,
        )
