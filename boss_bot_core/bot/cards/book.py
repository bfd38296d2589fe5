"""The cards that are followed: which message shows which download, and what it shows now."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

import attrs

from boss_bot_core.bot.cards.job_view import JobView
from boss_bot_core.bot.cards.rendered import RenderedCard
from boss_bot_core.domain.cards import CardRecord
from boss_bot_core.domain.status import DownloadStatus


@attrs.define(kw_only=True)
class Followed:
    """A card that changes while its download does.

    Attributes:
        record: Where it is.
        view: What is known of the download.
        shown: What it looks like; None after a restart, when nobody knows.
        shown_status: The download's status as it shows it.
        plain: Whether it is drawn without an embed.
        promised: When the download was first said to start, UTC.
        failures: Edits that failed in a row.
        owes_ping: Whether its requester has to be told of its completion.
        offered: Reactions of ours that are under it.
    """

    record: CardRecord
    view: JobView
    shown: RenderedCard | None = None
    shown_status: DownloadStatus | None = None
    plain: bool = False
    promised: datetime | None = None
    failures: int = 0
    owes_ping: bool = False
    offered: set[str] = attrs.field(factory=set)


class CardBook:
    """The followed cards by download."""

    def __init__(self) -> None:
        self._cards: dict[UUID, Followed] = {}

    def put(self, card: Followed) -> None:
        """Follow a card."""
        self._cards[card.record.item_id] = card

    def get(self, item_id: UUID) -> Followed | None:
        """Return the download's card if it is followed."""
        return self._cards.get(item_id)

    def drop(self, item_id: UUID) -> None:
        """Follow it no more."""
        self._cards.pop(item_id, None)

    def waiting(self) -> Iterator[UUID]:
        """Yield the downloads that wait in the queue."""
        return (name for name, card in self._cards.items() if card.view.item.status is DownloadStatus.QUEUED)
