"""The one message beside the card: the ping that a requester wants when a download is complete.

Offers reactions under a card, when the operator wants them: pressing one needs no emoji menu then.
Removes everything that was posted for a download: its card, and the messages with its files.
"""

from collections import deque
from uuid import UUID

from boss_bot_core.bot.cards.message_api import CardMessages, EditResult
from boss_bot_core.bot.cards.registry import TrackedCard
from boss_bot_core.bot.cards.renderer import CardRenderer
from boss_bot_core.bot.cards.repository import CardRepository
from boss_bot_core.bot.cards.update_rules import wants_ping
from boss_bot_core.bot.controls.actions import ControlAction, actions_for
from boss_bot_core.bot.texts import cards as card_texts
from boss_bot_core.bot.texts.escape import escape_title

REMEMBERED_PINGS = 1000
"""Completions that are still known to have been told; the same one is told twice only within a moment, if ever."""


class CompletionPing:
    """Pings requesters who want that, once for each download that is completed."""

    def __init__(self, messages: CardMessages, renderer: CardRenderer) -> None:
        self._messages = messages
        self._renderer = renderer
        self._told: deque[UUID] = deque(maxlen=REMEMBERED_PINGS)

    async def send(self, card: TrackedCard) -> None:
        """Ping if the card's download was completed and nobody told so yet. A lost ping is not sent again."""
        item = card.data.item
        if not card.needs_ping or item.id in self._told:
            return
        card.needs_ping = False
        self._told.append(item.id)
        if wants_ping(await self._renderer.preferences(item)):
            title = escape_title(card.data.title or "") or None
            text = card_texts.mention_done(item.user_id, title)
            await self._messages.ping(card.record.channel_id, card.record.message_id, item.user_id, text)


class ReactionButtons:
    """Adds our own reactions; each costs a request, so none is added before it is of use.

    Args:
        messages: Discord.
        adds_reactions: Whether it does anything at all.
    """

    def __init__(self, messages: CardMessages, *, adds_reactions: bool) -> None:
        self._messages = messages
        self._adds_reactions = adds_reactions

    async def add(self, card: TrackedCard) -> None:
        """Add the reactions that are of use now and are not there yet; where that is forbidden, never again."""
        if not self._adds_reactions:
            return
        spec = [each for each in actions_for(card.data.item) if each is not ControlAction.DELETE]
        missing = [each.emoji for each in spec if each.emoji not in card.reactions]
        if not missing:
            return
        outcome = await self._messages.react(card.record.channel_id, card.record.message_id, missing)
        # Reactions are no promise: after an error they are not tried again.
        card.reactions |= (
            set(missing) if outcome is not EditResult.FORBIDDEN else {each.emoji for each in ControlAction}
        )


async def delete_messages(item_id: UUID, repository: CardRepository, messages: CardMessages) -> bool:
    """Return whether nothing is left; as long as something is, the card is remembered, and can be removed later."""
    outcomes = [await messages.delete(*message) for message in await repository.list_messages(item_id)]
    if not set(outcomes) <= {EditResult.DONE, EditResult.GONE}:
        return False
    await repository.delete_record(item_id)
    return True
