"""The cards that are followed: which message shows which download, and what it shows now.

Where a card is first posted, and what is known of it then.
"""

from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime
from uuid import UUID

import attrs

from boss_bot_core.bot.cards.model import CardData
from boss_bot_core.bot.cards.renderer import RenderedCard
from boss_bot_core.domain.messages import CardKind, CardRecord
from boss_bot_core.domain.status import DownloadStatus


@attrs.define(kw_only=True)
class TrackedCard:
    """A card that changes while its download does.

    Attributes:
        record: Where it is.
        data: What is known of the download.
        rendered: What it looks like; None after a restart, when nobody knows.
        rendered_status: The download's status as it shows it.
        plain: Whether it is drawn without an embed.
        first_estimate: When the download was first said to start, UTC.
        failures: Edits that failed in a row.
        needs_ping: Whether its requester has to be told of its completion.
        reactions: Reactions of ours that are under it.
    """

    record: CardRecord
    data: CardData
    rendered: RenderedCard | None = None
    rendered_status: DownloadStatus | None = None
    plain: bool = False
    first_estimate: datetime | None = None
    failures: int = 0
    needs_ping: bool = False
    reactions: set[str] = attrs.field(factory=set)


class CardRegistry:
    """The followed cards by download."""

    def __init__(self) -> None:
        self._cards: dict[UUID, TrackedCard] = {}

    def add(self, card: TrackedCard) -> None:
        """Follow a card."""
        self._cards[card.record.item_id] = card

    def get(self, item_id: UUID) -> TrackedCard | None:
        """Return the download's card if it is followed."""
        return self._cards.get(item_id)

    def remove(self, item_id: UUID) -> None:
        """Follow it no more."""
        self._cards.pop(item_id, None)

    def queued_ids(self) -> Iterator[UUID]:
        """Yield the downloads that wait in the queue."""
        return (name for name, card in self._cards.items() if card.data.item.status is DownloadStatus.QUEUED)


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
class CardTarget:
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
