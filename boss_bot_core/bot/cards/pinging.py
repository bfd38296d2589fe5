"""The one message beside the card: the ping that a requester wants when a download is complete."""

from boss_bot_core.bot.cards import wording
from boss_bot_core.bot.cards.book import Followed
from boss_bot_core.bot.cards.drawing import Drawer
from boss_bot_core.bot.cards.escaping import escape_title
from boss_bot_core.bot.cards.notifying import wants_ping
from boss_bot_core.bot.cards.surface import CardSurface


class Pinger:
    """Pings requesters who want that, once for each time that a download is completed."""

    def __init__(self, surface: CardSurface, drawer: Drawer) -> None:
        self._surface = surface
        self._drawer = drawer

    async def ping(self, card: Followed) -> None:
        """Ping if the card's download was completed since the last ping. A lost ping is not sent again."""
        if not card.owes_ping:
            return
        card.owes_ping = False
        item = card.view.item
        if wants_ping(await self._drawer.preferences(item)):
            title = escape_title(card.view.title or "") or None
            text = wording.mention_done(item.user_id, title)
            await self._surface.ping(card.record.channel_id, card.record.message_id, item.user_id, text)
