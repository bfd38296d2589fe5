"""One running bot for each module of tests; the modules differ in the messages, not in the bot's settings."""

import asyncio
from collections.abc import AsyncIterator

import attrs
import pytest
import pytest_asyncio

from boss_bot_core.bot.client import BossBot
from boss_bot_sandbox.discord import ChannelObserver, LocalDiscord, UserClient
from boss_bot_sandbox.discord.model.message import Message
from boss_bot_sandbox.site import RemoteSite
from tests.bot.bot_runner import open_bot, open_discord, settings_for


@attrs.frozen
class BotHarness:
    """A running bot, its local Discord and its media site."""

    bot: BossBot
    discord: LocalDiscord
    site: RemoteSite

    @property
    def general(self) -> ChannelObserver:
        return self.discord.channel("general")

    def user(self, name: str) -> UserClient:
        return self.discord.user(name)

    async def answer(self, who: str, text: str, where: ChannelObserver | None = None) -> Message:
        """Post a message as a user and return the bot's reply to it."""
        place = where or self.general
        asked = await self.user(who).say(place, text)
        return await self.discord.channel(str(place.id)).wait_for(lambda message: message.reply_to_id == asked.id)

    async def wait_for_delivery(self, card: Message) -> Message:
        """Wait for the card's files."""
        return await self.discord.channel(str(card.channel_id)).wait_for(
            lambda message: bool(message.attachments) and message.id > card.id, timeout_s=30
        )

    def slow_link(self, number: int) -> str:
        """Return a link whose download takes longer than a test."""
        return f"{self.site.http_url}/throttled/4000/clip.mp4?size_bytes=2000000&number={number}"

    async def begin(self, who: str, number: int) -> Message:
        """Start a download that takes longer than a test, and return its card."""
        return await self.answer(who, f"$dl {self.slow_link(number)}")

    async def cancel_all(self) -> None:
        """Cancel every download."""
        for item in (await self.bot.app.services.queue.reader.state(page_size=100)).items:
            await self.bot.app.service.cancel(item)
        async with asyncio.timeout(20):
            while (await self.bot.app.services.queue.reader.state()).items:
                await asyncio.sleep(0.05)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def harness(site: RemoteSite, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[BotHarness]:
    async with open_discord() as server:
        settings = settings_for(server, site, tmp_path_factory.mktemp("bot"), max_queue_size=6)
        async with open_bot(settings, server.token) as bot:
            await bot.tree.sync()
            yield BotHarness(bot, server, site)
