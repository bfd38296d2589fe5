"""Begins to follow a card in the middle of things, so that nothing is missed and nothing old replaces what is newer."""

import attrs

from boss_bot_core.bot.cards.registry import Followed
from boss_bot_core.bot.cards.repository import Memory
from boss_bot_core.bot.cards.tracker import Keeper
from boss_bot_core.domain.status import DownloadStatus


async def join(card: Followed, keeper: Keeper, memory: Memory) -> None:
    """Follow `card`, whose download may have gone on since it was last looked at."""
    before = card.view.item
    keeper.follow(card)
    now = await memory.now(before.id)
    # What happened while nobody followed the card is read; what happened meanwhile was heard, and is newer.
    if card.view.item is before:
        card.view = attrs.evolve(card.view, item=now.item, files=now.files, skipped=now.skipped, jump_url=now.jump_url)
        card.owes_ping = now.item.status is DownloadStatus.COMPLETED and not before.is_finished
        keeper.follow(card)
