"""What follows an edit of a card: reactions, the completion ping, and the next step for the card."""

from collections import deque
from enum import Enum, auto
from uuid import UUID

from boss_bot_core.access import AccessService
from boss_bot_core.bot.cards.message_api import CardMessages, EditResult
from boss_bot_core.bot.cards.repository import CardRepository
from boss_bot_core.bot.cards.update_rules import should_ping
from boss_bot_core.bot.cards.updater import TrackedCard, refresh_preferences
from boss_bot_core.bot.controls.actions import ControlAction, actions_for
from boss_bot_core.bot.texts import cards as card_texts
from boss_bot_core.bot.texts.escape import escape_title

MAX_REFUSALS = 8
"""Refusals of the same edit in a row, about five minutes together, after which a finished download's card is left."""

REMEMBERED_PINGS = 1000
"""Number of completions that are remembered as announced; a completion is announced twice only within a moment."""


class NextStep(Enum):
    """What happens to a card after an edit."""

    WAIT = auto()
    """The card waits for the next event of its download."""
    EDIT_AGAIN = auto()
    """The card is edited again as soon as the limits allow."""
    BACK_OFF = auto()
    """The edit failed and is repeated later."""
    REFRESH = auto()
    """The card shows an estimated start, and is checked again even if no event arrives."""
    UNTRACK = auto()
    """The card needs no more edits."""


class CardFollowUps:
    """Sends what follows an edit, and decides the next step for the card.

    Args:
        repository: Deletes the records of cards that no longer exist.
        messages: Sends pings and reactions.
        access: Reads the requesters' preferences.
        adds_reactions: Whether the bot adds reactions, so that users can press them without the emoji menu.
    """

    def __init__(
        self, repository: CardRepository, messages: CardMessages, access: AccessService, *, adds_reactions: bool
    ) -> None:
        self._repository = repository
        self._messages = messages
        self._access = access
        self._adds_reactions = adds_reactions
        self._announced: deque[UUID] = deque(maxlen=REMEMBERED_PINGS)

    async def complete_edit(self, card: TrackedCard, result: EditResult | None) -> NextStep:
        """Return the next step for a card after an edit.

        Args:
            card: The card.
            result: The result of the edit; None if no request was sent.
        """
        match result:
            case EditResult.GONE:
                await self._repository.delete_record(card.record.item_id)
                return NextStep.UNTRACK
            case EditResult.FORBIDDEN if not card.plain:
                # The permission that is missing most often is to embed links; the next edit is plain text.
                card.plain = True
                return NextStep.EDIT_AGAIN
            case EditResult.FORBIDDEN if card.data.item.is_finished and card.failures >= MAX_REFUSALS:
                # The download will not change any more. The record stays, for a retry and for the next start.
                return NextStep.UNTRACK
            case EditResult.FORBIDDEN | EditResult.LATER:
                return NextStep.BACK_OFF
        await self._add_reactions(card)
        if card.data.item.is_finished and card.rendered_status is card.data.item.status:
            await self._ping(card)
            return NextStep.UNTRACK
        return NextStep.WAIT if card.data.starts_at is None else NextStep.REFRESH

    async def _add_reactions(self, card: TrackedCard) -> None:
        # Each reaction costs a request, so only those that are of use now are added.
        if not self._adds_reactions:
            return
        useful = [action for action in actions_for(card.data.item) if action is not ControlAction.DELETE]
        missing = [action.emoji for action in useful if action.emoji not in card.reactions]
        if not missing:
            return
        result = await self._messages.react(card.record.channel_id, card.record.message_id, missing)
        # Reactions are optional: after an error they are not tried again, and after a refusal no others are tried.
        is_forbidden = result is EditResult.FORBIDDEN
        card.reactions |= {action.emoji for action in ControlAction} if is_forbidden else set(missing)

    async def _ping(self, card: TrackedCard) -> None:
        # One ping for each completed download; a lost ping is not sent again.
        item = card.data.item
        if not card.needs_ping or item.id in self._announced:
            return
        card.needs_ping = False
        self._announced.append(item.id)
        await refresh_preferences(card, self._access)
        if should_ping(card.preferences):
            text = card_texts.completion_ping(item.user_id, escape_title(card.data.title or "") or None)
            await self._messages.ping(card.record.channel_id, card.record.message_id, item.user_id, text)
