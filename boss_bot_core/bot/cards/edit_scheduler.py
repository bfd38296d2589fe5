"""The clock of the cards, and the scheduler that yields each card when its edit is due."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from boss_bot_core.bot.cards.edit_queue import EditQueue
from boss_bot_core.bot.cards.edit_timing import EditLimits, Urgency
from boss_bot_core.domain.clock import Backoff, utc_now


class Clock:
    """The system's clock. Tests replace it, so that they need not wait."""

    def monotonic(self) -> float:
        """Return the seconds of a clock that never goes back."""
        return time.monotonic()

    def now(self) -> datetime:
        """Return the current time, UTC."""
        return utc_now()

    async def wait(self, signal: asyncio.Event, timeout_s: float | None) -> None:
        """Wait for `signal`, for at most `timeout_s` seconds; None sets no limit."""
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                await signal.wait()


FAILED_EDIT_BACKOFF = Backoff(initial_s=5.0, max_s=60.0)


class EditScheduler:
    """Waits for the edits that its queue orders. The caller edits the cards.

    Args:
        limits: How often cards may be edited.
        clock: The time.
    """

    def __init__(self, limits: EditLimits, clock: Clock) -> None:
        self._queue = EditQueue(limits)
        self._clock = clock
        self._signal = asyncio.Event()

    def add(self, card: UUID, channel: int, posted_at: datetime) -> None:
        """Schedule edits of a card that was posted at `posted_at`, whenever one is requested."""
        age_s = (self._clock.now() - posted_at).total_seconds()
        self._queue.add(card, channel, self._clock.monotonic() - age_s)

    def remove(self, card: UUID) -> None:
        """Schedule no further edits of a card."""
        self._queue.remove(card)

    def request(self, card: UUID, urgency: Urgency) -> None:
        """Request an edit of a card."""
        self._queue.request(card, urgency, self._clock.monotonic())
        self._signal.set()

    def back_off(self, card: UUID, failures: int) -> None:
        """Request an edit again that failed for the `failures`-th time in a row; each wait is longer."""
        now = self._clock.monotonic()
        self._queue.back_off(card, now + FAILED_EDIT_BACKOFF.delay_s(failures), now)

    async def due(self) -> AsyncIterator[UUID]:
        """Yield each card whose edit is due, forever. The caller calls `finish` when the edit has ended.

        The caller must not wait for the edit before it takes the next card: a slow channel delays no other channel.
        """
        while True:
            self._signal.clear()
            while (card := self._queue.pop_due(self._clock.monotonic())) is not None:
                yield card
            next_at = self._queue.next_due_at()
            timeout_s = None if next_at is None else max(0.0, next_at - self._clock.monotonic())
            await self._clock.wait(self._signal, timeout_s)

    def finish(self, card: UUID, channel: int, *, sent: bool) -> None:
        """Record the end of an edit in `channel`; `sent` tells whether a request was sent to Discord."""
        self._queue.finish(card, channel, self._clock.monotonic(), sent=sent)
        self._signal.set()
