"""Keeps cards up to date: hears what happens, decides which cards that concerns, and reacts to how edits end."""

from uuid import UUID

from loguru import logger

from boss_bot_core.bot.cards.edit_queue import EditQueue
from boss_bot_core.bot.cards.edit_scheduler import Clock, EditScheduler
from boss_bot_core.bot.cards.edit_timing import EditLimits, Urgency
from boss_bot_core.bot.cards.followups import CompletionPing, ReactionButtons
from boss_bot_core.bot.cards.message_api import EditResult
from boss_bot_core.bot.cards.registry import CardRegistry, TrackedCard
from boss_bot_core.bot.cards.repository import CardRepository
from boss_bot_core.bot.cards.update_rules import affects_queue, apply_event, urgency_of
from boss_bot_core.bot.cards.updater import CardUpdater
from boss_bot_core.domain.events import JobCompleted, JobEvent, JobProgressed
from boss_bot_core.pipeline.event_bus import Subscription

MAX_REFUSALS = 8
"""Of the same edit in a row, five minutes together; then a finished download's card is left as it is."""


class CardTracker:
    """The followed cards and what moves them."""

    def __init__(
        self,
        repository: CardRepository,
        updater: CardUpdater,
        completion_ping: CompletionPing,
        reaction_buttons: ReactionButtons,
        clock: Clock,
        limits: EditLimits,
    ) -> None:
        self._repository = repository
        self._updater = updater
        self._completion_ping = completion_ping
        self._reaction_buttons = reaction_buttons
        self._clock = clock
        self._registry = CardRegistry()
        self._scheduler = EditScheduler(EditQueue(limits), clock, self._update)

    def track(self, card: TrackedCard) -> None:
        """Keep a card up to date from now on, and look at it once."""
        self._registry.add(card)
        item_id, record = card.record.item_id, card.record
        age_s = (self._clock.now() - record.created_at).total_seconds()
        self._scheduler.add(item_id, record.channel_id, age_s)
        self._scheduler.request(item_id, Urgency.STATE)

    def untrack(self, item_id: UUID) -> None:
        """Edit the download's card no more."""
        self._registry.remove(item_id)
        self._scheduler.remove(item_id)

    async def run_edits(self) -> None:
        """Edit until cancelled."""
        await self._scheduler.run()

    async def consume_events(self, events: Subscription) -> None:
        """Hear what happens until the subscription is closed; a card that cannot be found ends nothing."""
        async for event in events:
            try:
                await self._on_event(event)
            except Exception:  # noqa: BLE001 - one card must not end the others
                logger.exception(f"The card of {event.item.short_id} missed an event.")

    async def _on_event(self, event: JobEvent) -> None:
        card = self._registry.get(event.item_id) or await self._adopt(event)
        if card is not None:
            card.data = apply_event(card.data, event)
            card.needs_ping = isinstance(event, JobCompleted)
            if (urgency := urgency_of(event)) is not None:
                self._scheduler.request(event.item_id, urgency)
        if affects_queue(event):
            for waiting in self._registry.queued_ids():
                self._scheduler.request(waiting, Urgency.PROGRESS)

    async def _adopt(self, event: JobEvent) -> TrackedCard | None:
        # A retry of what ended long ago: its card is still there, but nobody follows it.
        if isinstance(event, JobProgressed) or event.item.destination.kind != "discord":
            return None
        record = await self._repository.find_record(event.item_id)
        # While that was looked up, the card may have been posted.
        if record is None or self._registry.get(event.item_id) is not None:
            return self._registry.get(event.item_id)
        self.track(TrackedCard(record=record, data=await self._repository.load(event.item)))
        return self._registry.get(event.item_id)

    async def _update(self, item_id: UUID) -> bool:
        card = self._registry.get(item_id)
        if card is None:
            return False
        outcome = await self._updater.update(card)
        match outcome:
            case EditResult.GONE:
                await self._repository.delete_record(item_id)
                self.untrack(item_id)
            case EditResult.FORBIDDEN if not card.plain:
                # What is most often missing is the right to embed; the next try is plain text.
                card.plain = True
                self._scheduler.request(item_id, Urgency.STATE)
            case EditResult.FORBIDDEN if card.data.item.is_finished and card.failures >= MAX_REFUSALS:
                # Nothing will change it any more; its record stays, for a retry and for the next start.
                self.untrack(item_id)
            case EditResult.FORBIDDEN | EditResult.LATER:
                self._scheduler.back_off(item_id, card.failures)
            case _:
                await self._reaction_buttons.add(card)
                if card.data.starts_at is not None:
                    self._scheduler.request(item_id, Urgency.REFRESH)
                if card.data.item.is_finished and card.rendered_status is card.data.item.status:
                    await self._completion_ping.send(card)
                    self.untrack(item_id)
        return outcome is not None
