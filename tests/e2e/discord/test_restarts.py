"""The bot is killed or stopped while downloads are in every state, and started again.

There is one run for each way of ending: six chats are brought to six different points, the bot ends once, and each test
checks what became of the chats.
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
from boss_bot_sandbox.site.twitter import tweet
from tests.e2e.discord.bot_driver import Chat, Sandbox, labels, text_of
from tests.e2e.discord.conftest import OpenSandbox

pytestmark = pytest.mark.asyncio(loop_scope="module")

Point = Literal["posted", "downloading", "processing", "uploading", "unanswered", "delivered"]
"""The point of a download at which the bot ends.

Two of them are during an upload: Discord has not read the message yet, or it has accepted the message and its
answer is lost. "delivered" is recorded, but the card does not show it yet.
"""

POINTS: tuple[Point, ...] = get_args(Point)
WHOLE_BYTES = 900_000


@attrs.define
class RestartRun:
    """One restart, with the chat, the card, the card's text before it and the answer to a button for each point."""

    sandbox: Sandbox
    chats: dict[Point, Chat] = attrs.field(factory=dict)
    cards: dict[Point, Message] = attrs.field(factory=dict)
    before: dict[Point, str] = attrs.field(factory=dict)
    told: dict[Point, str] = attrs.field(factory=dict)

    async def ask(self, point: Point, link: str, chat: Chat | None = None) -> None:
        self.chats[point] = chat or self.sandbox.open_chat(name=point)
        self.cards[point] = await self.chats[point].ask(f"$dl {link}")

    async def wait_for_status(self, point: Point, status: str) -> None:
        await self.chats[point].wait_for_status(self.cards[point], status)

    async def end_bot(self, how: str) -> None:
        """Bring a download to each point and end the bot."""
        await self._upload_slowly()
        await self.ask("downloading", self.sandbox.video(1, size_bytes=WHOLE_BYTES, rate_bps=120_000))
        busy = self.chats["downloading"]
        other = self.sandbox.open_chat(name="posted")
        # The second download of a user waits for the first.
        await self.ask("posted", self.sandbox.video(2), attrs.evolve(busy, channel=busy.user.observe(other.channel)))
        unedited = self.sandbox.open_chat(name="delivered")
        self.sandbox.discord.faults.slow(30.0, f"PATCH /channels/{unedited.channel.id}/messages/*")
        await self.ask("delivered", self.sandbox.video(3), unedited)
        await self.wait_for_status("downloading", "downloading")
        await self.wait_for_status("uploading", "uploading")
        await self.chats["unanswered"].delivery()
        await self.wait_for_status("delivered", "completed")
        await self._process_and_end(how)

    async def _upload_slowly(self) -> None:
        for point, applied in (("uploading", False), ("unanswered", True)):
            await self.ask(point, self.sandbox.video(4 + applied))  # type: ignore[arg-type]  # two of the words
            channel = self.chats[point].channel  # type: ignore[index]  # likewise
            self.sandbox.discord.faults.slow(8.0, f"POST /channels/{channel.id}/messages", applied=applied)

    async def _process_and_end(self, how: str) -> None:
        bot = self.sandbox.bot
        # Inspecting a file of this size takes longer than the following steps.
        await self.ask("processing", self.sandbox.video(6, size_bytes=8_000_000))
        await self.wait_for_status("processing", "processing")
        bot.signal(signal.SIGSTOP)
        self.before = {point: text_of(chat.channel.message(self.cards[point])) for point, chat in self.chats.items()}
        states = {point: bot.row(text_id(self.cards[point]))["status"] for point in POINTS}
        assert states["processing"] == "processing"
        assert (states["posted"], states["downloading"]) == ("queued", "downloading")
        assert (states["uploading"], states["unanswered"], states["delivered"]) == ("uploading",) * 2 + ("completed",)
        bot.signal(signal.SIGCONT)
        await (bot.kill() if how == "killed" else bot.stop())

    async def press_buttons(self) -> None:
        """Press a button of every card of an unfinished download."""
        for point in POINTS:
            if "Details" in labels(self.chats[point].channel.message(self.cards[point])):
                self.told[point] = await self.chats[point].press(self.cards[point], "Details")


def text_id(card: Message) -> str:
    return text_of(card).partition("#")[2][:6]


@pytest_asyncio.fixture(
    scope="module", loop_scope="module", params=["killed", pytest.param("stopped", marks=pytest.mark.slow)]
)
async def run(request: pytest.FixtureRequest, open_sandbox: OpenSandbox) -> AsyncIterator[RestartRun]:
    settings = {"MAX_DOWNLOADS_PER_USER": "1", "MAX_CONCURRENT_DOWNLOADS": "6"}
    async with open_sandbox(**settings) as sandbox, asyncio.timeout(100):
        run = RestartRun(sandbox)
        await run.end_bot(request.param)
        await sandbox.bot.start()
        await run.press_buttons()
        yield run


@pytest.mark.parametrize("point", POINTS)
async def test_the_same_card_continues(run: RestartRun, point: Point) -> None:
    chat, card = run.chats[point], run.cards[point]
    assert "Download complete" not in run.before[point]
    await chat.shows(card, "✅ Download complete!")
    assert [one.id for one in chat.cards()] == [card.id]


@pytest.mark.parametrize("point", POINTS)
async def test_the_file_arrives_exactly_once(run: RestartRun, point: Point) -> None:
    chat = run.chats[point]
    await chat.delivery()
    assert chat.files() == ["clip.mp4"]
    pings = [one for one in chat.posted() if one.mention_ids]
    assert len(pings) <= 1


@pytest.mark.parametrize("point", ["posted", "downloading", "processing", "uploading"])
async def test_buttons_from_before_the_restart_work(run: RestartRun, point: Point) -> None:
    assert run.told[point].startswith(f"**Job `{text_id(run.cards[point])}`**")


async def test_downloaded_bytes_are_not_downloaded_again(run: RestartRun) -> None:
    chat, card = run.chats["downloading"], run.cards["downloading"]
    await chat.shows(card, "✅ Download complete!")
    asked = run.sandbox.site.requests.matching("/throttled/120000/clip.mp4", method="GET")
    assert asked[-1].range.startswith("bytes="), [(one.range, one.bytes_sent) for one in asked]


async def test_a_card_whose_message_was_not_recorded_is_found(run: RestartRun) -> None:
    bot, chat = run.sandbox.bot, run.sandbox.open_chat(name="card")
    start = len(chat.discord.transcript)
    said = await chat.user.say(chat.channel, f"$dl {run.sandbox.video(7, rate_bps=200_000)}")
    # The bot is stopped before it reads the answer, so that the posted card is not recorded.
    await chat.discord.wait_for(MessageCreated, lambda event: event.message.reply_to_id == said.id, start=start)
    bot.signal(signal.SIGSTOP)
    await bot.kill()
    (card,) = chat.cards()
    await bot.start()
    await chat.shows(card, "✅ Download complete!")
    assert chat.files() == ["clip.mp4"]
    assert [one.id for one in chat.cards()] == [card.id]


async def test_a_download_whose_channel_was_deleted_meanwhile_ends(run: RestartRun) -> None:
    bot, chat = run.sandbox.bot, run.sandbox.open_chat(name="short-lived")
    card = await chat.begin(run.sandbox.video(8, rate_bps=5_000))
    await bot.kill()
    run.sandbox.discord.admin.delete_channel(chat.channel)
    await bot.start()
    told = await chat.user.direct().wait_for(lambda one: text_id(card) in one.content)
    assert told.content.startswith("⏹ I stopped 1 download of yours: the channel is gone.")
    await chat.wait_for_status(card, "cancelled")


async def test_a_server_that_was_unavailable_at_the_start_is_served_with_its_own_rules(run: RestartRun) -> None:
    discord, chat = run.sandbox.discord, run.sandbox.open_chat(name="outage")
    guild = discord.seed.guild("Outage")
    members = discord.seed.role("Members", guild)
    person = discord.seed.person("early-bird", guild, members)
    channel = discord.seed.channel("adults", guild, age_restricted=True)
    user = discord.user(person.username)
    chat = attrs.evolve(chat, user=user, channel=user.observe(channel))
    owner = attrs.evolve(chat, user=discord.user("olivia"))
    assert "is changed" in (await owner.ask(f"$dls allowed-roles <@&{members.id}>")).content
    await run.sandbox.sync()
    await run.sandbox.bot.stop()
    discord.faults.gateway.withhold(guild)
    await run.sandbox.bot.start()
    card = await chat.ask(f"$dl {tweet('sensitive').url}")
    await chat.shows(card, "✅ Download complete!")
    opened = await user.commands.slash(chat.channel, "dl", {"url": run.sandbox.video(9)})
    await chat.shows(await opened.reply(), "✅ Download complete!")
    slow = await chat.begin(run.sandbox.video(10, rate_bps=5_000))
    await chat.press(slow, "Cancel")
    await chat.shows(slow, "[Retry]")
    assert "It is in the queue again" in await chat.press(slow, "Retry")


@pytest.mark.parametrize("point", ["delivered", "unanswered"])
async def test_a_finished_card_from_before_the_restart_can_be_deleted(run: RestartRun, point: Point) -> None:
    chat, card = run.chats[point], run.cards[point]
    await chat.shows(card, "✅ Download complete!")
    files = await chat.delivery()
    assert await chat.press(card, "Delete") == "🗑️ Deleted."
    await chat.channel.wait_until_deleted(card)
    deleted = [each.event for each in run.sandbox.discord.transcript if isinstance(each.event, MessageDeleted)]
    assert files.id in {event.message.id for event in deleted}
