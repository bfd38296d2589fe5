"""What follows an edit of a card: reactions, the completion ping, and the next step for the card."""

from enum import Enum, auto

from boss_bot_core.bot.cards.message_api import CardMessages, EditResult
from boss_bot_core.bot.cards.notices import RequesterNotices
from boss_bot_core.bot.cards.repository import CardRepository
from boss_bot_core.bot.cards.updater import TrackedCard
from boss_bot_core.bot.controls.actions import ControlAction, actions_for

MAX_REFUSALS = 8
"""Refusals of the same edit in a row, about five minutes together, after which a finished download's card is left."""


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
        messages: Sends reactions.
        notices: Tells requesters of the end.
        adds_reactions: Whether the bot adds reactions, so that users can press them without the emoji menu.
    """

    def __init__(
        self, repository: CardRepository, messages: CardMessages, notices: RequesterNotices, *, adds_reactions: bool
    ) -> None:
        self._repository = repository
        self._messages = messages
        self._notices = notices
        self._adds_reactions = adds_reactions

    async def complete_edit(self, card: TrackedCard, result: EditResult | None) -> NextStep:
        """Return the next step for a card after an edit.

        Args:
            card: The card.
            result: The result of the edit; None if no request was sent.
        """
        match result:
            case EditResult.FORBIDDEN if not card.plain:
                # The permission that is missing most often is to embed links; the next edit is plain text.
                card.plain = True
                return NextStep.EDIT_AGAIN
            case EditResult.GONE | EditResult.CLOSED | EditResult.FORBIDDEN | EditResult.LATER:
                return await self._decide_after_failure(card, result)
        await self._add_reactions(card)
        if card.data.item.is_finished and card.rendered_status is card.data.item.status:
            await self._notices.ping_completed(card)
            return NextStep.UNTRACK
        return NextStep.WAIT if card.data.starts_at is None else NextStep.REFRESH

    async def _decide_after_failure(self, card: TrackedCard, result: EditResult) -> NextStep:
        is_finished = card.data.item.is_finished
        is_refused = result is EditResult.FORBIDDEN and card.failures >= MAX_REFUSALS
        if result is EditResult.GONE:
            await self._repository.delete_record(card.record.item_id)
        elif not is_finished or not (is_refused or result is EditResult.CLOSED):
            return NextStep.BACK_OFF
        # The record of a card that still exists stays, for a retry and for the next start.
        if card.is_end_untold or not is_finished:
            await self._notices.note_lost_card(card.record.item_id)
        return NextStep.UNTRACK

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
