"""The one message beside the card: the ping that a requester wants when a download is complete."""

from collections import deque
from uuid import UUID

from boss_bot_core.bot.cards.book import Followed
from boss_bot_core.bot.cards.drawing import Drawer
from boss_bot_core.bot.cards.notifying import wants_ping
from boss_bot_core.bot.cards.surface import CardSurface
from boss_bot_core.bot.texts import cards as card_texts
from boss_bot_core.bot.texts.escape import escape_title

REMEMBERED = 1000
"""Completions that are still known to have been told; the same one is told twice only within a moment, if ever."""


class Pinger:
    """Pings requesters who want that, once for each download that is completed."""

    def __init__(self, surface: CardSurface, drawer: Drawer) -> None:
        self._surface = surface
        self._drawer = drawer
        self._told: deque[UUID] = deque(maxlen=REMEMBERED)

    async def ping(self, card: Followed) -> None:
        """Ping if the card's download was completed and nobody told so yet. A lost ping is not sent again."""
        item = card.view.item
        if not card.owes_ping or item.id in self._told:
            return
        card.owes_ping = False
        self._told.append(item.id)
        if wants_ping(await self._drawer.preferences(item)):
            title = escape_title(card.view.title or "") or None
            text = card_texts.mention_done(item.user_id, title)
            await self._surface.ping(card.record.channel_id, card.record.message_id, item.user_id, text)
