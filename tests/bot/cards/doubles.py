"""Time in the test's hands, and a surface that stands for Discord where the test is about time."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import attrs

from boss_bot_core.app.app import App
from boss_bot_core.bot.cards.edit_scheduler import Clock
from boss_bot_core.bot.cards.message_api import EditResult
from boss_bot_core.bot.cards.registry import CardTarget, SentCard
from boss_bot_core.bot.cards.renderer import RenderedCard
from boss_bot_core.bot.cards.service import CardService
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.messages import CardRecord
from tests.bot.cards.factories import CHANNEL, NOW
from tests.bot.cards.harness import submitted

CARD = 500


@attrs.define
class RememberedEdit:
    at: float
    channel_id: int
    message_id: int
    card: RenderedCard


class FakeClock(Clock):
    """Time that passes only when the test says so, and then at once.

    Attributes:
        cards: Whose rest is awaited before and after time passes.
    """

    def __init__(self) -> None:
        self.passed = 0.0
        self.board: CardService | None = None
        self._end = 0.0
        self._more = asyncio.Event()
        self._waits = False

    def monotonic(self) -> float:
        return self.passed

    def now(self) -> datetime:
        return NOW + timedelta(seconds=self.passed)

    async def wait(self, signal: asyncio.Event, timeout_s: float | None) -> None:
        """Let time pass to the timeout, but never beyond what the test has allowed."""
        until = float("inf") if timeout_s is None else self.passed + timeout_s
        while not signal.is_set():
            if until <= self._end:
                self.passed = max(self.passed, until)
                return
            self._more.clear()
            waiting = [asyncio.ensure_future(each.wait()) for each in (self._more, signal)]
            self._waits = True
            try:
                await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            finally:
                self._waits = False
                for each in waiting:
                    each.cancel()

    async def pass_s(self, seconds: float) -> None:
        """Let `seconds` pass, and everything that happens meanwhile happen."""
        await self.rest()
        self._end = max(self._end, self.passed) + seconds
        self._more.set()
        await self.rest()
        self.passed = self._end

    async def rest(self) -> None:
        """Wait until the board has nothing more to do at this time."""
        assert self.board is not None
        quiet = 0
        while quiet < 8:
            await asyncio.sleep(0.002)
            unheard = any(each._pending for each in self.board._app.bus._subscriptions)
            is_busy = unheard or self.board._tracker._scheduler._under_way or not self._waits
            quiet = 0 if is_busy else quiet + 1


class RememberingSurface:
    """Stands for Discord where the test is about time."""

    def __init__(self, clock: Clock) -> None:
        self.edits: list[RememberedEdit] = []
        self.removed: list[tuple[int, int]] = []
        self.pings: list[str] = []
        self.reactions: list[str] = []
        self.outcomes: list[EditResult] = []
        self.refused: dict[int, EditResult] = {}
        self._clock = clock

    async def edit(self, channel_id: int, message_id: int, card: RenderedCard) -> EditResult:
        outcome = self.outcomes.pop(0) if self.outcomes else self.refused.get(message_id, EditResult.DONE)
        self.edits.append(RememberedEdit(self._clock.monotonic(), channel_id, message_id, card))
        return outcome

    async def delete(self, channel_id: int, message_id: int) -> EditResult:
        self.removed.append((channel_id, message_id))
        return EditResult.DONE

    async def ping(self, channel_id: int, message_id: int, user_id: int, text: str) -> EditResult:
        self.pings.append(text)
        return EditResult.DONE

    async def react(self, channel_id: int, message_id: int, emojis: Sequence[str]) -> EditResult:
        self.reactions.extend(emojis)
        return EditResult.DONE

    def texts(self, message_id: int) -> list[str]:
        return [text_of(each.card) for each in self.edits if each.message_id == message_id]


def text_of(card: RenderedCard) -> str:
    if card.embed is None:
        return card.content or ""
    return f"{card.embed.title}\n{card.embed.description}"


def to_message(message_id: int, channel_id: int = CHANNEL, *, embeds: bool = True) -> CardTarget:
    """A destination whose card is message `message_id`."""

    async def send(card: RenderedCard) -> SentCard:
        return SentCard(channel_id=channel_id, message_id=message_id)

    return CardTarget(send=send, embeds=embeds)


async def posted(app: App, cards: CardService, message_id: int = CARD, number: int = 1) -> DownloadItem:
    """Let a download wait, with its card."""
    item = await submitted(app, number)
    await cards.post(item, to_message(message_id))
    return item


def headings(messages: RememberingSurface, message_id: int = CARD) -> list[str]:
    """What each edit's first line says of the state."""
    return [text.splitlines()[0].partition(" · ")[0] for text in messages.texts(message_id)]


async def stored(app: App, item: DownloadItem) -> CardRecord | None:
    """What is kept of the download's card."""
    async with app.services.database.connect() as tx:
        return await tx.cards.find_for_item(item.id)
