"""Removes everything that was posted for a download: its card, and the messages with its files."""

from uuid import UUID

from boss_bot_core.bot.cards.recalling import Memory
from boss_bot_core.bot.cards.surface import CardSurface, Outcome


async def remove_all(item_id: UUID, memory: Memory, surface: CardSurface) -> bool:
    """Return whether nothing is left; as long as something is, the card is remembered, and can be removed later."""
    outcomes = [await surface.remove(*message) for message in await memory.messages_of(item_id)]
    if not set(outcomes) <= {Outcome.DONE, Outcome.GONE}:
        return False
    await memory.forget_card(item_id)
    return True
