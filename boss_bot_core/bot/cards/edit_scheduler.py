"""Time as the cards see it: handed in, so that tests need not wait.

The loop that edits cards, each when the pacer says so; a slow channel holds up no other.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from loguru import logger

from boss_bot_core.bot.cards.edit_queue import EditQueue
from boss_bot_core.bot.cards.edit_timing import Urgency
from boss_bot_core.concurrency import cancel_and_wait
from boss_bot_core.domain.backoff import Backoff
from boss_bot_core.domain.clock import utc_now


class Clock:
    """The real time."""

    def monotonic(self) -> float:
        """Return seconds of a clock that never goes back."""
        return time.monotonic()

    def now(self) -> datetime:
        """Return the time, UTC."""
        return utc_now()

    async def wait(self, signal: asyncio.Event, timeout_s: float | None) -> None:
        """Wait for `signal`, at most for `timeout_s` seconds; None waits as long as it takes."""
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                await signal.wait()


FAILED_EDIT_BACKOFF = Backoff(initial_s=5.0, max_s=60.0)

Edit = Callable[[UUID], Awaitable[bool]]
"""Brings one card up to date and returns whether Discord was asked; what it raises is a bug and ends nothing."""


class EditScheduler:
    """Runs edits.

    Args:
        edit_queue: Decides which.
        clock: The time.
        edit: Does one.
    """

    def __init__(self, edit_queue: EditQueue, clock: Clock, edit: Edit) -> None:
        self._queue = edit_queue
        self._clock = clock
        self._edit = edit
        self._signal = asyncio.Event()
        self._under_way: set[asyncio.Task[None]] = set()
        self._channels: dict[UUID, int] = {}

    def add(self, card: UUID, channel: int, age_s: float) -> None:
        """Take a card into account that was posted `age_s` seconds ago."""
        self._channels[card] = channel
        self._queue.add(card, channel, self._clock.monotonic() - age_s)

    def remove(self, card: UUID) -> None:
        """Edit a card no more."""
        self._queue.remove(card)
        self._channels.pop(card, None)

    def request(self, card: UUID, urgency: Urgency) -> None:
        """A card has something to show."""
        self._queue.request(card, urgency, self._clock.monotonic())
        self._signal.set()

    def back_off(self, card: UUID, failures: int) -> None:
        """An edit failed for the `failures`-th time in a row: try again later, each time later."""
        now = self._clock.monotonic()
        self._queue.back_off(card, now + FAILED_EDIT_BACKOFF.delay_s(failures), now)

    async def run(self) -> None:
        """Edit until cancelled; what is under way then is cancelled too."""
        try:
            while True:
                self._signal.clear()
                while (card := self._queue.pop_due(self._clock.monotonic())) is not None:
                    task = asyncio.create_task(self._one(card, self._channels[card]), name="card edit")
                    self._under_way.add(task)
                    task.add_done_callback(self._under_way.discard)
                next_at = self._queue.next_due_at()
                timeout_s = None if next_at is None else max(0.0, next_at - self._clock.monotonic())
                await self._clock.wait(self._signal, timeout_s)
        finally:
            await cancel_and_wait(*self._under_way)

    async def _one(self, card: UUID, channel: int) -> None:
        sent = True
        try:
            sent = await self._edit(card)
        except Exception:  # noqa: BLE001 - one card must not end the others
            logger.exception(f"A bug kept the card of {card.hex} from being edited.")
            self.back_off(card, failures=3)
        finally:
            self._queue.finish(card, channel, self._clock.monotonic(), sent=sent)
            self._signal.set()
