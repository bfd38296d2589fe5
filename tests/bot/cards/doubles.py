"""Test doubles of the clock and of Discord's messages, and helpers for card tests."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import attrs

from boss_bot_core.app.app import App
from boss_bot_core.bot.cards.edit_scheduler import Clock
from boss_bot_core.bot.cards.message_api import CardMessages, EditResult
from boss_bot_core.bot.cards.renderer import RenderedCard
from boss_bot_core.bot.cards.service import CardService
from boss_bot_core.bot.cards.target import CardTarget, SentCard
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.messages import CardRecord
from tests.bot.cards.factories import CHANNEL, NOW
from tests.bot.cards.harness import submit_download

REQUEST, CARD = 499, 500


@attrs.define
class RecordedEdit:
    at: float
    channel_id: int
    message_id: int
    card: RenderedCard


class FakeClock(Clock):
    """A clock that stands still until the test advances it.

    Attributes:
        elapsed_s: Seconds since the start of the test.
        cards: The card service that must be idle before and after the clock is advanced.
    """

    def __init__(self) -> None:
        self.elapsed_s = 0.0
        self.cards: CardService | None = None
        self._allowed_s = 0.0
        self._advanced = asyncio.Event()
        self._is_waiting = False

    def monotonic(self) -> float:
        return self.elapsed_s

    def now(self) -> datetime:
        return NOW + timedelta(seconds=self.elapsed_s)

    async def wait(self, signal: asyncio.Event, timeout_s: float | None) -> None:
        """Advance to the end of the timeout, but never beyond the time that the test has allowed."""
        until = float("inf") if timeout_s is None else self.elapsed_s + timeout_s
        while not signal.is_set():
            if until <= self._allowed_s:
                self.elapsed_s = max(self.elapsed_s, until)
                return
            self._advanced.clear()
            waiting = [asyncio.ensure_future(each.wait()) for each in (self._advanced, signal)]
            self._is_waiting = True
            try:
                await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            finally:
                self._is_waiting = False
                for each in waiting:
                    each.cancel()

    async def advance(self, seconds: float) -> None:
        """Let `seconds` pass, and run every edit that becomes due meanwhile."""
        await self.wait_until_idle()
        self._allowed_s = max(self._allowed_s, self.elapsed_s) + seconds
        self._advanced.set()
        await self.wait_until_idle()
        self.elapsed_s = self._allowed_s

    async def wait_until_idle(self) -> None:
        """Wait until the card service has nothing more to do at the current time."""
        assert self.cards is not None
        idle_checks = 0
        while idle_checks < 8:
            await asyncio.sleep(0.002)
            # A subscription's event is cleared only when its subscriber has dealt with all that arrived.
            has_events = any(each._arrived.is_set() for each in self.cards._bus._subscriptions)
            has_edits = any(each.is_busy for each in self.cards._tracker._scheduler._queue._channels.values())
            is_busy = has_events or has_edits or not self._is_waiting
            idle_checks = 0 if is_busy else idle_checks + 1


class FakeCardMessages(CardMessages):
    """Records the requests for card messages instead of sending them.

    Attributes:
        next_results: The results of the next edits, in order.
        results: The result of every further edit of a message; `DONE` for messages that are not listed.
    """

    def __init__(self, clock: Clock) -> None:
        self.edits: list[RecordedEdit] = []
        self.deleted: list[tuple[int, int]] = []
        self.pings: list[str] = []
        self.direct: list[tuple[int, str]] = []
        self.reactions: list[str] = []
        self.next_results: list[EditResult] = []
        self.results: dict[int, EditResult] = {}
        self._clock = clock

    async def edit(self, channel_id: int, message_id: int, card: RenderedCard) -> EditResult:
        result = self.next_results.pop(0) if self.next_results else self.results.get(message_id, EditResult.DONE)
        self.edits.append(RecordedEdit(self._clock.monotonic(), channel_id, message_id, card))
        return result

    async def delete(self, channel_id: int, message_id: int) -> EditResult:
        self.deleted.append((channel_id, message_id))
        return EditResult.DONE

    async def ping(self, channel_id: int, message_id: int, user_id: int, text: str) -> EditResult:
        self.pings.append(text)
        return EditResult.DONE

    async def send_direct(self, user_id: int, text: str) -> EditResult:
        self.direct.append((user_id, text))
        return EditResult.DONE

    async def react(self, channel_id: int, message_id: int, emojis: Sequence[str]) -> EditResult:
        self.reactions.extend(emojis)
        return EditResult.DONE

    def list_texts(self, message_id: int) -> list[str]:
        """Return the text of each edit of a message."""
        return [card_text(each.card) for each in self.edits if each.message_id == message_id]


def card_text(card: RenderedCard) -> str:
    """Return heading and body of a rendered card."""
    if card.embed is None:
        return card.content or ""
    return f"{card.embed.title}\n{card.embed.description}"


def build_target(message_id: int, channel_id: int = CHANNEL, *, embeds: bool = True) -> CardTarget:
    """Return a target whose card becomes message `message_id`."""

    async def send(card: RenderedCard) -> SentCard:
        return SentCard(channel_id=channel_id, message_id=message_id)

    return CardTarget(send=send, request_message_id=REQUEST, embeds=embeds)


async def post_download(app: App, cards: CardService, message_id: int = CARD, number: int = 1) -> DownloadItem:
    """Put a download into the queue, post its card, and return the download."""
    item = await submit_download(app, number)
    await cards.post(item, build_target(message_id))
    return item


def list_headings(messages: FakeCardMessages, message_id: int = CARD) -> list[str]:
    """Return the status in the first line of each edit."""
    return [text.splitlines()[0].partition(" · ")[0] for text in messages.list_texts(message_id)]


async def find_card_record(app: App, item: DownloadItem) -> CardRecord | None:
    """Return the record of the download's card, or None."""
    async with app.services.database.connect() as tx:
        return await tx.cards.find_for_item(item.id)
