"""kill -9 of the bot while it delivers: every file arrives exactly once, whatever the moment."""

import asyncio
import random
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import attrs
import pytest

from boss_bot_core.database import Database
from boss_bot_core.delivery import Delivery
from boss_bot_sandbox.discord import LocalDiscord, Options
from boss_bot_sandbox.discord.events import GatewayIdentified, MessageCreated
from boss_bot_sandbox.discord.fault_injection import SEND
from tests.bot.delivery.conftest import MakeDelivery


@attrs.frozen
class Bot:
    """The bot's side of one delivery, started as often as it takes."""

    server: LocalDiscord
    database_url: str
    delivery: Delivery

    @asynccontextmanager
    async def running(self) -> AsyncIterator[asyncio.subprocess.Process]:
        """Run it until the block ends, then kill it."""
        server = self.server
        addresses = (server.rest_url, server.gateway_url, server.cdn_url, server.token)
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.bot.delivery.crash_bot"),
            *(*addresses, self.database_url, str(self.delivery.item.id)),
            stdout=asyncio.subprocess.PIPE,
        )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()

    async def to_its_end(self) -> list[int]:
        """Run it until it ends by itself and return the messages of the files."""
        async with self.running() as process:
            async with asyncio.timeout(60):
                stdout, _ = await process.communicate()
            assert process.returncode == 0
        return [int(word) for word in stdout.split()]


@pytest.fixture
async def bot(local_discord: LocalDiscord, database: Database, make_delivery: MakeDelivery, tmp_path: Path) -> Bot:
    delivery = await make_delivery(*range(1000, 1045))
    async with database.begin() as tx:
        await tx.files.add(delivery.files)
    return Bot(local_discord, f"sqlite:///{tmp_path / 'bot.sqlite3'}", delivery)


def check_exactly_once(bot: Bot, references: list[int]) -> None:
    messages = bot.server.channel("general").messages
    sizes = [one.size_bytes for message in messages for one in message.attachments]
    assert sizes == list(range(1000, 1045))
    assert references == [message.id for message in messages for _ in message.attachments]


async def test_killed_between_the_message_and_its_record(bot: Bot, database: Database) -> None:
    bot.server.faults.slow(60, SEND, applied=True)
    async with bot.running():
        await bot.server.wait_for(MessageCreated, timeout_s=30, start=0)
    async with database.connect() as tx:
        assert [record.is_confirmed for record in await tx.deliveries.list_for_item(bot.delivery.item.id)] == [False]
    check_exactly_once(bot, await bot.to_its_end())


async def test_killed_between_the_record_and_its_message(bot: Bot, database: Database) -> None:
    bot.server.faults.slow(60, SEND)
    async with bot.running():
        while True:
            async with database.connect() as tx:
                if await tx.deliveries.list_for_item(bot.delivery.item.id):
                    break
            await asyncio.sleep(0.02)
    assert bot.server.channel("general").messages == []
    # A busy machine may kill it before it asks Discord: the delay would wait for the next one.
    bot.server.faults.clear()
    check_exactly_once(bot, await bot.to_its_end())


class TestForgetfulDiscord:
    """Discord remembers nonces for a few minutes only: here, not at all."""

    @pytest.fixture
    def discord_options(self) -> Options:
        return Options(nonce_window_s=0.0)

    async def test_killed_at_any_moment_again_and_again(self, bot: Bot) -> None:
        rng = random.Random(3)
        for number in range(3):
            # So that the kills fall before, between and after the messages.
            bot.server.faults.slow(0.3, SEND, applied=bool(number % 2), count=2)
            start = len(bot.server.transcript)
            async with bot.running():
                await bot.server.wait_for(GatewayIdentified, timeout_s=30, start=start)
                await asyncio.sleep(rng.uniform(0.1, 0.8))
            bot.server.faults.clear()
        check_exactly_once(bot, await bot.to_its_end())
