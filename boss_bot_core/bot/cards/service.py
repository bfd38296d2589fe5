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
from boss_bot_core.bot.cards.edit_timing import EditLimits
from boss_bot_core.bot.cards.followups import CompletionPing, ReactionButtons, delete_messages
from boss_bot_core.bot.cards.joining import track_existing
from boss_bot_core.bot.cards.message_api import CardMessages
from boss_bot_core.bot.cards.model import CardData
from boss_bot_core.bot.cards.registry import CardTarget, TrackedCard
from boss_bot_core.bot.cards.renderer import CardRenderer, Preferences
from boss_bot_core.bot.cards.repository import CardRepository
from boss_bot_core.bot.cards.sections import details_text
from boss_bot_core.bot.cards.tracker import CardTracker
from boss_bot_core.bot.cards.updater import CardUpdater
from boss_bot_core.concurrency import cancel_and_wait
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.messages import CardRecord

if TYPE_CHECKING:
    from boss_bot_core.settings import Settings


class CardService:
    """Posts and follows cards.

    Args:
        app: The open app.
        messages: Discord.
        access: Whose preferences count.
        clock: The time.
        limits: How fast cards may be edited.
    """

    def __init__(
        self,
        app: App,
        messages: CardMessages,
        access: Preferences,
        *,
        clock: Clock | None = None,
        limits: EditLimits | None = None,
    ) -> None:
        settings: Settings = app.services.settings
        self._app = app
        self._messages = messages
        self._clock = clock or Clock()
        self._repository = CardRepository(app)
        renderer = CardRenderer(
            access, self._clock, settings.bot.command_prefix, with_buttons=settings.discord.controls != "reactions"
        )
        self._updater = CardUpdater(self._repository, renderer, messages, self._clock)
        reaction_buttons = ReactionButtons(messages, adds_reactions=settings.discord.controls != "buttons")
        completion_ping = CompletionPing(messages, renderer)
        self._tracker = CardTracker(
            self._repository, self._updater, completion_ping, reaction_buttons, self._clock, limits or EditLimits()
        )
        self._stack = AsyncExitStack()

    async def start(self) -> None:
        """Listen, and take up the cards of downloads that had not ended, or only just."""
        events = self._stack.enter_context(self._app.bus.subscribe())
        for card in await self._repository.unfinished(self._clock.now()):
            self._tracker.track(card)
        for work in (self._tracker.consume_events(events), self._tracker.run_edits()):
            task = asyncio.create_task(work, name="cards")
            self._stack.push_async_callback(cancel_and_wait, task)

    async def close(self) -> None:
        """Stop; cards stay as they are until the next start."""
        await self._stack.aclose()

    async def post(self, item: DownloadItem, target: CardTarget) -> CardRecord:
        """Post a download's first card and follow it. What `destination.send` raises is raised.

        Args:
            item: The download.
            target: How and where.
        """
        plain = not target.embeds
        view, drawn = await self._updater.build_first(CardData(item=item), plain=plain)
        sent = await target.send(drawn)
        record = target.record_of(item.id, sent, self._clock.now())
        async with self._app.services.database.begin() as tx:
            await tx.cards.put(record)
        shown = TrackedCard(record=record, data=view, rendered=drawn, rendered_status=item.status, plain=plain)
        await track_existing(attrs.evolve(shown, first_estimate=view.starts_at), self._tracker, self._repository)
        return record

    async def adopt(self, record: CardRecord) -> None:
        """Follow a card that is there already."""
        item = await self._app.services.queue.reader.get(record.item_id)
        await track_existing(TrackedCard(record=record, data=CardData(item=item)), self._tracker, self._repository)

    async def details(self, item: DownloadItem) -> str:
        """Return the text of the Details button."""
        return details_text(await self._repository.load(item))

    async def delete(self, item_id: UUID) -> bool:
        """Delete card and messages with files, not the files on the host; return whether nothing is left."""
        self._tracker.untrack(item_id)
        return await delete_messages(item_id, self._repository, self._messages)
