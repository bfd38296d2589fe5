"""The bot ends, by signal 9 or in its own time, while downloads are in every state; then it is started again.

One evening for each way of ending: six scenes are brought to six different points, the bot ends once, and each test
looks at what became of the scenes.
"""

import asyncio
import signal
from collections.abc import AsyncIterator
from typing import Literal, get_args

import attrs
import pytest
import pytest_asyncio

from boss_bot_sandbox.discord.events import MessageCreated, MessageDeleted
from boss_bot_sandbox.discord.model.message import Message
from tests.e2e.discord.bot_driver import Sandbox, Scene, labels, text_of
from tests.e2e.discord.conftest import OpenSandbox

pytestmark = pytest.mark.asyncio(loop_scope="module")

Point = Literal["posted", "downloading", "processing", "uploading", "unanswered", "delivered"]
"""Where a download is when the bot ends.

Two of them are in the middle of an upload: Discord has not begun to look at the message, or it has taken it and its
answer is lost. "delivered" is written down, and the card does not show it yet.
"""

POINTS: tuple[Point, ...] = get_args(Point)
WHOLE_BYTES = 900_000


@attrs.define
class Evening:
    """What came of it: for each point its scene, its card, and the card's text when the bot ended."""

    sandbox: Sandbox
    scenes: dict[Point, Scene] = attrs.field(factory=dict)
    cards: dict[Point, Message] = attrs.field(factory=dict)
    before: dict[Point, str] = attrs.field(factory=dict)
    told: dict[Point, str] = attrs.field(factory=dict)

    async def ask(self, point: Point, link: str, scene: Scene | None = None) -> None:
        self.scenes[point] = scene or self.sandbox.scene(name=point)
        self.cards[point] = await self.scenes[point].ask(f"$dl {link}")

    async def until(self, point: Point, status: str) -> None:
        await self.scenes[point].until(self.cards[point], status)

    async def play(self, how: str) -> None:
        """Bring everything into place and end the bot."""
        await self._upload_slowly()
        await self.ask("downloading", self.sandbox.video(1, size_bytes=WHOLE_BYTES, rate_bps=120_000))
        busy = self.scenes["downloading"]
        other = self.sandbox.scene(name="posted")
        # One person's second download waits for the first.
        await self.ask("posted", self.sandbox.video(2), attrs.evolve(busy, channel=busy.user.observe(other.channel)))
        await self.ask("delivered", self.sandbox.video(3))
        await self.until("downloading", "downloading")
        await self.until("uploading", "uploading")
        await self.scenes["unanswered"].delivery()
        await self.until("delivered", "completed")
        await self._process_and_end(how)

    async def _upload_slowly(self) -> None:
        for point, applied in (("uploading", False), ("unanswered", True)):
            await self.ask(point, self.sandbox.video(4 + applied))  # type: ignore[arg-type]  # two of the words
            channel = self.scenes[point].channel  # type: ignore[index]  # likewise
            self.sandbox.discord.faults.slow(8.0, f"POST /channels/{channel.id}/messages", applied=applied)

    async def _process_and_end(self, how: str) -> None:
        bot = self.sandbox.bot
        # Large enough that looking at it takes longer than we do.
        await self.ask("processing", self.sandbox.video(6, size_bytes=8_000_000))
        await self.until("processing", "processing")
        bot.signal(signal.SIGSTOP)
        self.before = {point: text_of(scene.channel.message(self.cards[point])) for point, scene in self.scenes.items()}
        states = {point: bot.row(text_id(self.cards[point]))["status"] for point in POINTS}
        assert states["processing"] == "processing"
        assert (states["posted"], states["downloading"]) == ("queued", "downloading")
        assert (states["uploading"], states["unanswered"], states["delivered"]) == ("uploading",) * 2 + ("completed",)
        bot.signal(signal.SIGCONT)
        await (bot.kill() if how == "killed" else bot.stop())

    async def look_at_buttons(self) -> None:
        """Press a button of every card that is still under way."""
        for point in POINTS:
            if "Details" in labels(self.scenes[point].channel.message(self.cards[point])):
                self.told[point] = await self.scenes[point].press(self.cards[point], "Details")


def text_id(card: Message) -> str:
    return text_of(card).partition("#")[2][:6]


@pytest_asyncio.fixture(
    scope="module", loop_scope="module", params=["killed", pytest.param("stopped", marks=pytest.mark.slow)]
)
async def evening(request: pytest.FixtureRequest, open_sandbox: OpenSandbox) -> AsyncIterator[Evening]:
    settings = {"MAX_DOWNLOADS_PER_USER": "1", "MAX_CONCURRENT_DOWNLOADS": "6"}
    async with open_sandbox(**settings) as sandbox, asyncio.timeout(100):
        evening = Evening(sandbox)
        await evening.play(request.param)
        await sandbox.bot.start()
        await evening.look_at_buttons()
        yield evening


@pytest.mark.parametrize("point", POINTS)
async def test_the_same_card_goes_on(evening: Evening, point: Point) -> None:
    scene, card = evening.scenes[point], evening.cards[point]
    assert "Download complete" not in evening.before[point]
    await scene.shows(card, "✅ Download complete!")
    assert [one.id for one in scene.cards()] == [card.id]


@pytest.mark.parametrize("point", POINTS)
async def test_the_file_arrives_exactly_once(evening: Evening, point: Point) -> None:
    scene = evening.scenes[point]
    await scene.delivery()
    assert scene.files() == ["clip.mp4"]
    pings = [one for one in scene.posted() if one.mention_ids]
    assert len(pings) <= 1


@pytest.mark.parametrize("point", ["posted", "downloading", "processing", "uploading"])
async def test_buttons_from_before_work(evening: Evening, point: Point) -> None:
    assert evening.told[point].startswith(f"**Job `{text_id(evening.cards[point])}`**")


async def test_what_was_fetched_is_not_fetched_again(evening: Evening) -> None:
    scene, card = evening.scenes["downloading"], evening.cards["downloading"]
    await scene.shows(card, "✅ Download complete!")
    asked = evening.sandbox.site.requests.matching("/throttled/120000/clip.mp4", method="GET")
    assert asked[-1].range.startswith("bytes="), [(one.range, one.bytes_sent) for one in asked]


async def test_a_card_is_found_again_though_nobody_had_written_down_where_it_is(evening: Evening) -> None:
    bot, scene = evening.sandbox.bot, evening.sandbox.scene(name="card")
    start = len(scene.discord.transcript)
    said = await scene.user.say(scene.channel, f"$dl {evening.sandbox.video(7, rate_bps=200_000)}")
    # Stopped before it reads the answer: the posted card is in no database.
    await scene.discord.wait_for(MessageCreated, lambda event: event.message.reply_to_id == said.id, start=start)
    bot.signal(signal.SIGSTOP)
    await bot.kill()
    (card,) = scene.cards()
    await bot.start()
    await scene.shows(card, "✅ Download complete!")
    assert scene.files() == ["clip.mp4"]
    assert [one.id for one in scene.cards()] == [card.id]


@pytest.mark.parametrize("point", ["delivered", "unanswered"])
async def test_a_finished_card_from_before_can_be_deleted(evening: Evening, point: Point) -> None:
    scene, card = evening.scenes[point], evening.cards[point]
    await scene.shows(card, "✅ Download complete!")
    files = await scene.delivery()
    assert await scene.press(card, "Delete") == "🗑️ Deleted."
    await scene.channel.wait_until_deleted(card)
    deleted = [each.event for each in evening.sandbox.discord.transcript if isinstance(each.event, MessageDeleted)]
    assert files.id in {event.message.id for event in deleted}
