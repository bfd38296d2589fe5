"""Keeps cards up to date: receives the events of downloads, schedules the edits of their cards, and runs them."""

import asyncio
from uuid import UUID

from attrs import evolve
from loguru import logger

from boss_bot_core.bot.cards.edit_scheduler import EditScheduler
from boss_bot_core.bot.cards.edit_timing import Urgency
from boss_bot_core.bot.cards.followups import CardFollowUps, NextStep
from boss_bot_core.bot.cards.repository import CardRepository
from boss_bot_core.bot.cards.update_rules import affects_queue, apply_event, urgency_of
from boss_bot_core.bot.cards.updater import CardUpdater, TrackedCard
from boss_bot_core.domain.events import JobCompleted, JobConversionProgressed, JobEvent, JobFailed, JobProgressed
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.pipeline.event_bus import Subscription


class CardTracker:
    """The tracked cards, one per download, in `cards`. `consume_events` and `run_edits` each run in a task."""

    def __init__(
        self, repository: CardRepository, updater: CardUpdater, follow_ups: CardFollowUps, scheduler: EditScheduler
    ) -> None:
        self._repository = repository
        self._updater = updater
        self._follow_ups = follow_ups
        self._scheduler = scheduler
        self.cards: dict[UUID, TrackedCard] = {}

    def track(self, card: TrackedCard) -> None:
        """Keep a card up to date from now on, and check it once."""
        item_id = card.record.item_id
        self.cards[item_id] = card
        self._scheduler.add(item_id, card.record.channel_id, card.record.created_at)
        self._scheduler.request(item_id, Urgency.STATE)

    async def track_existing(self, card: TrackedCard) -> None:
        """Track a card whose download may have changed since `card.data` was read.

        Tracking starts first, then the current state is loaded, and the newer of the two is kept: no change is missed.
        """
        before = card.data.item
        self.track(card)
        now = await self._repository.reload(before.id)
        # An event that arrived during the load has replaced the item, and is newer than what was loaded.
        if card.data.item is before:
            card.data = evolve(card.data, item=now.item, files=now.files, skipped=now.skipped, jump_url=now.jump_url)
            card.is_end_untold = now.item.is_finished and not before.is_finished
            self.track(card)

    def untrack(self, item_id: UUID) -> None:
        """Stop editing a download's card."""
        self.cards.pop(item_id, None)
        self._scheduler.remove(item_id)

    async def consume_events(self, events: Subscription) -> None:
        """Receive events until the subscription is closed; an error with one card does not end the others."""
        async for event in events:
            try:
                await self._on_event(event)
            except Exception:  # noqa: BLE001 - an error with one card must not end the others
                logger.exception(f"The card of {event.item.short_id} missed an event.")

    async def _on_event(self, event: JobEvent) -> None:
        card = self.cards.get(event.item_id) or await self._adopt(event)
        if card is not None:
            before, card.data = card.data, apply_event(card.data, event)
            card.is_end_untold = isinstance(event, JobCompleted | JobFailed)
            if (urgency := urgency_of(event, before)) is not None:
                self._scheduler.request(event.item_id, urgency)
        if affects_queue(event):
            for item_id, tracked in self.cards.items():
                if tracked.data.item.status is DownloadStatus.QUEUED:
                    self._scheduler.request(item_id, Urgency.PROGRESS)

    async def _adopt(self, event: JobEvent) -> TrackedCard | None:
        # A download that ended long ago was retried: its card exists, but is not tracked.
        if isinstance(event, JobProgressed | JobConversionProgressed) or event.item.destination.kind != "discord":
            return None
        record = await self._repository.find_record(event.item_id)
        # During the look-up, the card may have been posted.
        if record is not None and event.item_id not in self.cards:
            self.track(TrackedCard(record=record, data=await self._repository.load(event.item)))
        return self.cards.get(event.item_id)

    async def run_edits(self) -> None:
        """Run each edit that is due in a task of its own, until cancelled; the running edits are cancelled too."""
        async with asyncio.TaskGroup() as edits:
            async for item_id in self._scheduler.due():
                edits.create_task(self._edit(self.cards[item_id]), name="card edit")

    async def _edit(self, card: TrackedCard) -> None:
        item_id, sent = card.record.item_id, True
        try:
            sent = await self._update(card)
        except Exception:  # noqa: BLE001 - an error with one card must not end the others
            logger.exception(f"A bug kept the card of {item_id.hex} from being edited.")
            self._scheduler.back_off(item_id, failures=3)
        finally:
            self._scheduler.finish(item_id, card.record.channel_id, sent=sent)

    async def _update(self, card: TrackedCard) -> bool:
        item_id = card.record.item_id
        # The card may have been untracked or replaced since its edit became due.
        if self.cards.get(item_id) is not card:
            return False
        result = await self._updater.update(card)
        match await self._follow_ups.complete_edit(card, result):
            case NextStep.EDIT_AGAIN:
                self._scheduler.request(item_id, Urgency.STATE)
            case NextStep.BACK_OFF:
                self._scheduler.back_off(item_id, card.failures)
            case NextStep.REFRESH:
                self._scheduler.request(item_id, Urgency.REFRESH)
            case NextStep.UNTRACK:
                self.untrack(item_id)
        return result is not None
