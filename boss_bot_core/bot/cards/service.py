"""The cards of all downloads: posted once, then edited while the download goes on, never in its way.

The board listens to the bus in a task of its own and edits in others: nothing that Discord does reaches a download.
"""

import asyncio
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING
from uuid import UUID

import attrs

from boss_bot_core.app.app import App
from boss_bot_core.bot.cards.edit_scheduler import Clock
from boss_bot_core.bot.cards.edit_timing import Pace
from boss_bot_core.bot.cards.followups import Offering, Pinger, remove_all
from boss_bot_core.bot.cards.joining import join
from boss_bot_core.bot.cards.message_api import CardSurface
from boss_bot_core.bot.cards.model import JobView
from boss_bot_core.bot.cards.registry import CardDestination, Followed
from boss_bot_core.bot.cards.renderer import Drawer, Preferences
from boss_bot_core.bot.cards.repository import Memory
from boss_bot_core.bot.cards.sections import details_of
from boss_bot_core.bot.cards.tracker import Keeper
from boss_bot_core.bot.cards.updater import Updater
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.messages import CardRecord

if TYPE_CHECKING:
    from boss_bot_core.settings import Settings


class CardBoard:
    """Posts and follows cards.

    Args:
        app: The open app.
        surface: Discord.
        people: Whose preferences count.
        clock: The time.
        pace: How fast cards may be edited.
    """

    def __init__(
        self,
        app: App,
        surface: CardSurface,
        people: Preferences,
        *,
        clock: Clock | None = None,
        pace: Pace | None = None,
    ) -> None:
        settings: Settings = app.desk.settings
        self._app = app
        self._surface = surface
        self._clock = clock or Clock()
        self._memory = Memory(app)
        drawer = Drawer(
            people, self._clock, settings.bot.command_prefix, with_buttons=settings.discord.controls != "reactions"
        )
        self._updater = Updater(self._memory, drawer, surface, self._clock)
        offering = Offering(surface, adds_reactions=settings.discord.controls != "buttons")
        pinger = Pinger(surface, drawer)
        self._keeper = Keeper(self._memory, self._updater, pinger, offering, self._clock, pace or Pace())
        self._stack = AsyncExitStack()

    async def start(self) -> None:
        """Listen, and take up the cards of downloads that had not ended, or only just."""
        events = self._stack.enter_context(self._app.bus.subscribe())
        for card in await self._memory.unfinished(self._clock.now()):
            self._keeper.follow(card)
        for work in (self._keeper.listen(events), self._keeper.edit()):
            task = asyncio.create_task(work, name="cards")
            self._stack.push_async_callback(_end, task)

    async def close(self) -> None:
        """Stop; cards stay as they are until the next start."""
        await self._stack.aclose()

    async def post(self, item: DownloadItem, destination: CardDestination) -> CardRecord:
        """Post a download's first card and follow it. What `destination.send` raises is raised.

        Args:
            item: The download.
            destination: How and where.
        """
        plain = not destination.embeds
        view, drawn = await self._updater.first(JobView(item=item), plain=plain)
        sent = await destination.send(drawn)
        record = destination.record_of(item.id, sent, self._clock.now())
        async with self._app.desk.database.begin() as tx:
            await tx.cards.put(record)
        shown = Followed(record=record, view=view, shown=drawn, shown_status=item.status, plain=plain)
        await join(attrs.evolve(shown, promised=view.starts_at), self._keeper, self._memory)
        return record

    async def take_up(self, record: CardRecord) -> None:
        """Follow a card that is there already."""
        item = await self._app.desk.queue.view.get(record.item_id)
        await join(Followed(record=record, view=JobView(item=item)), self._keeper, self._memory)

    async def details(self, item: DownloadItem) -> str:
        """Return the text of the Details button."""
        return details_of(await self._memory.recall(item))

    async def delete(self, item_id: UUID) -> bool:
        """Delete card and messages with files, not the files on the host; return whether nothing is left."""
        self._keeper.leave(item_id)
        return await remove_all(item_id, self._memory, self._surface)


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait([task])
