"""Keeps cards up to date: hears what happens, decides which cards that concerns, and reacts to how edits end."""

from uuid import UUID

from loguru import logger

from boss_bot_core.bot.cards.edit_queue import Pacer
from boss_bot_core.bot.cards.edit_scheduler import Clock, Editor
from boss_bot_core.bot.cards.edit_timing import Pace, Urgency
from boss_bot_core.bot.cards.followups import Offering, Pinger
from boss_bot_core.bot.cards.message_api import Outcome
from boss_bot_core.bot.cards.registry import CardBook, Followed
from boss_bot_core.bot.cards.repository import Memory
from boss_bot_core.bot.cards.update_rules import after, moves_the_queue, urgency_of
from boss_bot_core.bot.cards.updater import Updater
from boss_bot_core.domain.events import JobCompleted, JobEvent, JobProgressed
from boss_bot_core.pipeline.event_bus import Subscription

MOST_REFUSALS = 8
"""Of the same edit in a row, five minutes together; then a finished download's card is left as it is."""


class Keeper:
    """The followed cards and what moves them."""

    def __init__(
        self,
        memory: Memory,
        updater: Updater,
        pinger: Pinger,
        offering: Offering,
        clock: Clock,
        pace: Pace,
    ) -> None:
        self._memory = memory
        self._updater = updater
        self._pinger = pinger
        self._offering = offering
        self._clock = clock
        self._book = CardBook()
        self._editor = Editor(Pacer(pace), clock, self._update)

    def follow(self, card: Followed) -> None:
        """Keep a card up to date from now on, and look at it once."""
        self._book.put(card)
        item_id, record = card.record.item_id, card.record
        age_s = (self._clock.now() - record.created_at).total_seconds()
        self._editor.follow(item_id, record.channel_id, age_s)
        self._editor.want(item_id, Urgency.STATE)

    def leave(self, item_id: UUID) -> None:
        """Edit the download's card no more."""
        self._book.drop(item_id)
        self._editor.leave(item_id)

    async def edit(self) -> None:
        """Edit until cancelled."""
        await self._editor.run()

    async def listen(self, events: Subscription) -> None:
        """Hear what happens until the subscription is closed; a card that cannot be found ends nothing."""
        async for event in events:
            try:
                await self._hear(event)
            except Exception:  # noqa: BLE001 - one card must not end the others
                logger.exception(f"The card of {event.item.short_id} missed an event.")

    async def _hear(self, event: JobEvent) -> None:
        card = self._book.get(event.item_id) or await self._taken_up(event)
        if card is not None:
            card.view = after(card.view, event)
            card.owes_ping = isinstance(event, JobCompleted)
            if (urgency := urgency_of(event)) is not None:
                self._editor.want(event.item_id, urgency)
        if moves_the_queue(event):
            for waiting in self._book.waiting():
                self._editor.want(waiting, Urgency.PROGRESS)

    async def _taken_up(self, event: JobEvent) -> Followed | None:
        # A retry of what ended long ago: its card is still there, but nobody follows it.
        if isinstance(event, JobProgressed) or event.item.destination.kind != "discord":
            return None
        record = await self._memory.card_of(event.item_id)
        # While that was looked up, the card may have been posted.
        if record is None or self._book.get(event.item_id) is not None:
            return self._book.get(event.item_id)
        self.follow(Followed(record=record, view=await self._memory.recall(event.item)))
        return self._book.get(event.item_id)

    async def _update(self, item_id: UUID) -> bool:
        card = self._book.get(item_id)
        if card is None:
            return False
        outcome = await self._updater.update(card)
        match outcome:
            case Outcome.GONE:
                await self._memory.forget_card(item_id)
                self.leave(item_id)
            case Outcome.FORBIDDEN if not card.plain:
                # What is most often missing is the right to embed; the next try is plain text.
                card.plain = True
                self._editor.want(item_id, Urgency.STATE)
            case Outcome.FORBIDDEN if card.view.item.is_finished and card.failures >= MOST_REFUSALS:
                # Nothing will change it any more; its record stays, for a retry and for the next start.
                self.leave(item_id)
            case Outcome.FORBIDDEN | Outcome.LATER:
                self._editor.put_off(item_id, card.failures)
            case _:
                await self._offering.offer(card)
                if card.view.starts_at is not None:
                    self._editor.want(item_id, Urgency.LOOK)
                if card.view.item.is_finished and card.shown_status is card.view.item.status:
                    await self._pinger.ping(card)
                    self.leave(item_id)
        return outcome is not None
