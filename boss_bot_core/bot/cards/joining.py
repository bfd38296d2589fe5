"""Begins to follow a card in the middle of things, so that nothing is missed and nothing old replaces what is newer."""

import attrs

from boss_bot_core.bot.cards.registry import TrackedCard
from boss_bot_core.bot.cards.repository import CardRepository
from boss_bot_core.bot.cards.tracker import CardTracker
from boss_bot_core.domain.status import DownloadStatus


async def track_existing(card: TrackedCard, tracker: CardTracker, repository: CardRepository) -> None:
    """Follow `card`, whose download may have gone on since it was last looked at."""
    before = card.data.item
    tracker.track(card)
    now = await repository.reload(before.id)
    # What happened while nobody followed the card is read; what happened meanwhile was heard, and is newer.
    if card.data.item is before:
        card.data = attrs.evolve(card.data, item=now.item, files=now.files, skipped=now.skipped, jump_url=now.jump_url)
        card.needs_ping = now.item.status is DownloadStatus.COMPLETED and not before.is_finished
        tracker.track(card)
