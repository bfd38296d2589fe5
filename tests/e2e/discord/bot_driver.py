"""Drives the bot through Discord: each chat has its own user and channel, so that many downloads run side by side."""

import asyncio
import itertools
import re
from typing import Any

import attrs

from boss_bot_sandbox.discord import ChannelObserver, LocalDiscord, UserClient
from boss_bot_sandbox.discord.events import CommandsRegistered, MessageCreated
from boss_bot_sandbox.discord.model.message import Message
from boss_bot_sandbox.site import RemoteSite
from tests.e2e.discord.bot_child import BotChild

_SHORT_ID = re.compile(r"#([0-9a-f]{6})")


@attrs.frozen
class Chat:
    """One user in a channel of their own.

    Attributes:
        discord: The local Discord.
        bot: The bot.
        user: The user.
        channel: The channel.
    """

    discord: LocalDiscord
    bot: BotChild
    user: UserClient
    channel: ChannelObserver

    async def ask(self, text: str, timeout_s: float = 30) -> Message:
        """Post a message and return the bot's reply to it."""
        said = await self.user.say(self.channel, text)
        return await self.channel.wait_for(lambda one: one.reply_to_id == said.id, timeout_s)

    async def shows(self, message: Message, words: str, timeout_s: float = 30) -> Message:
        """Wait until a message shows `words`, and return its state then."""
        return await self.channel.wait_for(lambda one: one.id == message.id and words in text_of(one), timeout_s)

    async def delivery(self, timeout_s: float = 30) -> Message:
        """Wait for a message with files."""
        return await self.channel.wait_for(lambda one: bool(one.attachments), timeout_s)

    async def press(self, message: Message, label: str) -> str:
        """Press a button and return the ephemeral answer."""
        exchange = await self.user.press(self.channel.message(message), label)
        reply = await exchange.reply()
        assert reply.visible_to == self.user.id
        return reply.content

    async def wait_for_status(self, card: Message, *statuses: str, timeout_s: float = 30) -> dict[str, Any]:
        """Wait until the card's download has one of these statuses in the database, and return its row."""
        async with asyncio.timeout(timeout_s):
            while (row := self.bot.row(id_on(card)))["status"] not in statuses:
                await asyncio.sleep(0.01)
        return row

    async def begin(self, link: str) -> Message:
        """Start a slow download, and return its card once the download runs and the card is recorded."""
        card = await self.ask(f"$dl {link}")
        await self.wait_for_status(card, "downloading")
        async with asyncio.timeout(10):
            while not self.bot.knows_card(id_on(card)):
                await asyncio.sleep(0.01)
        return card

    def posted(self) -> list[Message]:
        """Return every message that the bot has posted here, deleted ones too, in its first state."""
        told = [entry.event for entry in self.discord.transcript]
        created = [one.message for one in told if isinstance(one, MessageCreated)]
        me = self.discord.state.bot.id
        return [one for one in created if one.channel_id == self.channel.id and one.author_id == me]

    def files(self) -> list[str]:
        """Return the names of all files that were delivered here."""
        return [file.filename for message in self.posted() for file in message.attachments]

    def cards(self) -> list[Message]:
        """Return every card that was posted here."""
        return [one for one in self.posted() if one.components]


@attrs.frozen
class Sandbox:
    """A running bot, its Discord and its site.

    Attributes:
        discord: The local Discord.
        site: The media site.
        bot: The child process.
    """

    discord: LocalDiscord
    site: RemoteSite
    bot: BotChild
    _numbers: "itertools.count[int]" = attrs.field(factory=itertools.count)

    def open_chat(self, *, adult: bool = False, name: str = "chat") -> Chat:
        """Return a new user in a new channel."""
        number, guild = next(self._numbers), self.discord.guild()
        channel = self.discord.seed.channel(f"{name}-{number}", guild, age_restricted=adult)
        person = self.discord.seed.person(f"person-{number}", guild)
        user = self.discord.user(person.username)
        return Chat(self.discord, self.bot, user, user.observe(channel))

    async def sync(self) -> None:
        """Sync the slash commands as the bot's owner."""
        start = len(self.discord.transcript)
        assert (await self.chat_of("olivia").ask("$sync")).content == "✅ Discord knows 8 commands now."
        await self.discord.wait_for(CommandsRegistered, start=start)

    def chat_of(self, who: str, channel: ChannelObserver | None = None) -> Chat:
        """Return one of the predefined users in a channel, `#general` by default."""
        user = self.discord.user(who)
        return Chat(self.discord, self.bot, user, user.observe(channel or self.discord.channel("general")))

    def video(self, number: int, *, size_bytes: int = 300_000, rate_bps: int | None = None) -> str:
        """Return a link to a video that no other test downloads."""
        pace = "files" if rate_bps is None else f"throttled/{rate_bps}"
        return f"https://media.example.com/{pace}/clip.mp4?size_bytes={size_bytes + number}"


def id_on(card: Message) -> str:
    """Return the short id of the download on a card."""
    found = _SHORT_ID.search(text_of(card))
    assert found is not None, text_of(card)
    return found[1]


def text_of(message: Message) -> str:
    """Return the text, the embeds and the buttons of a message."""
    embeds = [str(embed.get(name) or "") for embed in message.embeds for name in ("title", "description")]
    return "\n".join([message.content, *embeds, " ".join(f"[{label}]" for label in labels(message))]).strip()


def labels(message: Message) -> list[str]:
    """Return the labels of the buttons."""
    parts = [part for row in message.components for part in row.get("components", ())]
    return [str(part.get("label")) for part in parts]
