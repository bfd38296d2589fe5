"""Offers reactions under a card, when the operator wants them: pressing one needs no emoji menu then."""

from boss_bot_core.bot.cards.book import Followed
from boss_bot_core.bot.cards.surface import CardSurface, Outcome
from boss_bot_core.bot.controls.actions import ControlAction, actions_for


class Offering:
    """Adds our own reactions; each costs a request, so none is added before it is of use.

    Args:
        surface: Discord.
        adds_reactions: Whether it does anything at all.
    """

    def __init__(self, surface: CardSurface, *, adds_reactions: bool) -> None:
        self._surface = surface
        self._adds_reactions = adds_reactions

    async def offer(self, card: Followed) -> None:
        """Add the reactions that are of use now and are not there yet; where that is forbidden, never again."""
        if not self._adds_reactions:
            return
        wanted = [each for each in actions_for(card.view.item) if each is not ControlAction.DELETE]
        missing = [each.emoji for each in wanted if each.emoji not in card.offered]
        if not missing:
            return
        outcome = await self._surface.react(card.record.channel_id, card.record.message_id, missing)
        # Reactions are no promise: after an error they are not tried again.
        card.offered |= set(missing) if outcome is not Outcome.FORBIDDEN else {each.emoji for each in ControlAction}
