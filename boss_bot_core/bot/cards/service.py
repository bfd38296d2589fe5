"""The service of the cards: posts one card per download and edits it while the download runs.

Events are received in one task and edits run in others: no delay or error of Discord affects a download.
"""

import asyncio
from contextlib import AsyncExitStack
from uuid import UUID

from boss_bot_core.access import AccessService
from boss_bot_core.bot.cards.edit_scheduler import Clock, EditScheduler
from boss_bot_core.bot.cards.edit_timing import EditLimits
from boss_bot_core.bot.cards.followups import CardFollowUps
from boss_bot_core.bot.cards.interruption import show_interruption
from boss_bot_core.bot.cards.message_api import CardMessages, EditResult
from boss_bot_core.bot.cards.model import CardData
from boss_bot_core.bot.cards.notices import RequesterNotices
from boss_bot_core.bot.cards.renderer import CardRenderer
from boss_bot_core.bot.cards.repository import CardRepository
from boss_bot_core.bot.cards.sections import details_text
from boss_bot_core.bot.cards.target import CardTarget
from boss_bot_core.bot.cards.tracker import CardTracker
from boss_bot_core.bot.cards.updater import CardUpdater, TrackedCard
from boss_bot_core.bot.language_choice import LanguageChoice
from boss_bot_core.concurrency import cancel_and_wait
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.messages import CardRecord
from boss_bot_core.pipeline.event_bus import EventBus
from boss_bot_core.settings.discord import ControlKind


class CardService:
    """Posts, tracks and deletes cards.

    Args:
        repository: Reads and writes what is stored about downloads and their cards.
        messages: Edits cards in Discord.
        access: Reads the requesters' preferences, and the prefixes of commands.
        languages: Chooses the language of cards and notices.
        bus: Publishes the events of downloads.
        controls: The kind of controls that cards offer.
        clock: The time.
        limits: How often cards may be edited.

    Attributes:
        notices: Tells requesters of ends that no card can show.
    """

    def __init__(
        self,
        repository: CardRepository,
        messages: CardMessages,
        access: AccessService,
        languages: LanguageChoice,
        bus: EventBus,
        controls: ControlKind,
        *,
        clock: Clock | None = None,
        limits: EditLimits | None = None,
    ) -> None:
        self._repository = repository
        self._messages = messages
        self._access, self._bus = access, bus
        self._clock = clock = clock or Clock()
        self._renderer = CardRenderer(clock, access.prefixes.find, languages, with_buttons=controls != "reactions")
        self._updater = CardUpdater(repository, self._renderer, messages, access, clock)
        self.notices = RequesterNotices(repository, messages, access, languages, clock)
        follow_ups = CardFollowUps(repository, messages, self.notices, adds_reactions=controls != "buttons")
        self._tracker = CardTracker(repository, self._updater, follow_ups, EditScheduler(limits or EditLimits(), clock))
        self._stack = AsyncExitStack()

    async def start(self) -> None:
        """Receive events, and track the cards of downloads that have not ended, or have ended recently."""
        events, ends = (self._stack.enter_context(self._bus.subscribe()) for _ in range(2))
        for record, data in await self._repository.list_unfinished(self._clock.now()):
            self._tracker.track(TrackedCard(record=record, data=data))
        for run in (self._tracker.consume_events(events), self._tracker.run_edits(), self.notices.consume_events(ends)):
            self._stack.push_async_callback(cancel_and_wait, asyncio.create_task(run, name="cards"))

    async def close(self) -> None:
        """Stop editing, and show on the cards of running downloads that the next start continues them."""
        await self._stack.aclose()
        await show_interruption(self._tracker.cards.values(), self._updater)

    async def post(self, item: DownloadItem, target: CardTarget) -> CardRecord:
        """Post a download's first card through `target` and track it. Every error of `target.send` is raised."""
        preferences = await self._access.preferences(item.user_id, item.guild_id)
        data = await self._updater.with_position(CardData(item=item))
        rendered = self._renderer.render(data, preferences, plain=not target.embeds)
        sent = await target.send(rendered)
        record = await self._repository.save_sent(item.id, target, sent, self._clock.now(), rendered.language)
        card = TrackedCard(
            record=record,
            data=data,
            rendered=rendered,
            rendered_status=item.status,
            plain=not target.embeds,
            first_estimate=data.starts_at,
        )
        await self._tracker.track_existing(card)
        return record

    async def adopt(self, record: CardRecord) -> None:
        """Record and track a card that was found in its channel."""
        await self._repository.save_record(record)
        data = await self._repository.reload(record.item_id)
        await self._tracker.track_existing(TrackedCard(record=record, data=data))

    async def details(self, item: DownloadItem) -> str:
        """Return the text of the Details button."""
        return details_text(await self._repository.load(item))

    async def delete(self, item_id: UUID) -> bool:
        """Delete the card and the messages with files, but not the files on the host; return whether all are gone."""
        self._tracker.untrack(item_id)
        results = [await self._messages.delete(*message) for message in await self._repository.list_messages(item_id)]
        # The record is kept until all are gone, so that the rest can be deleted later.
        if are_gone := set(results) <= {EditResult.DONE, EditResult.GONE}:
            await self._repository.delete_record(item_id)
        return are_gone
