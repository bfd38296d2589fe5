"""How the first card of a download is posted: as a reply to the request, or as the answer to an interaction."""

from collections.abc import Awaitable, Callable

import attrs

from boss_bot_core.bot.cards.renderer import RenderedCard
from boss_bot_core.domain.messages import CardKind


@attrs.frozen(kw_only=True)
class SentCard:
    """The message that shows a posted card.

    Attributes:
        channel_id: The message's channel.
        message_id: The message.
    """

    channel_id: int
    message_id: int


@attrs.frozen(kw_only=True)
class CardTarget:
    """How the first card of a download is posted.

    Attributes:
        send: Posts the card as a reply or as the answer to an interaction; never pings.
        request_message_id: The message that requested the download; None after a slash command.
        embeds: Whether the bot may embed links there.
    """

    send: Callable[[RenderedCard], Awaitable[SentCard]]
    request_message_id: int | None = None
    embeds: bool = True

    @property
    def kind(self) -> CardKind:
        """Whether the card is an ordinary message or the answer to an interaction."""
        return "interaction" if self.request_message_id is None else "message"
