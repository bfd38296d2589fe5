"""The real bot, in this process, between a local Discord and a media site on loopback."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from boss_bot_core.bot.addresses import point_at
from boss_bot_core.bot.client import BossBot
from boss_bot_core.settings import Settings, load
from boss_bot_sandbox.discord import LocalDiscord, Options
from boss_bot_sandbox.discord.redirect import redirected
from boss_bot_sandbox.site import RemoteSite, site_process

RunBot = Callable[..., AbstractAsyncContextManager[BossBot]]


class QuickBot(BossBot):
    """The bot, without discord.py's five seconds before every further identification."""

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify at once."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RemoteSite]:
    with site_process(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture
def discord_options() -> Options:
    return Options()


@pytest.fixture
async def local_discord(discord_options: Options) -> AsyncIterator[LocalDiscord]:
    async with LocalDiscord(discord_options) as server:
        # Only for its restoring the addresses afterwards: the bot sets them itself.
        with redirected(server.rest_url, server.gateway_url, server.cdn_url):
            yield server


@pytest.fixture
def settings_of(tmp_path: Path, local_discord: LocalDiscord, site: RemoteSite) -> Callable[..., Settings]:
    def make(**more: object) -> Settings:
        overrides = {
            "data_dir": str(tmp_path / "data"),
            "allowed_private_networks": "127.0.0.0/8",
            "ca_file": str(site.ca_file),
            "host_overrides": ",".join(f"{host}={where}" for host, where in site.host_overrides.items()),
            "stall_s": 5,
            "discord_api_url": local_discord.rest_url,
            "discord_gateway_url": local_discord.gateway_url,
            "discord_cdn_url": local_discord.cdn_url,
        }
        return load(overrides | more, environ={}, config_file=None)

    return make


@pytest.fixture
def run_bot(settings_of: Callable[..., Settings], local_discord: LocalDiscord) -> RunBot:
    @asynccontextmanager
    async def running(**more: object) -> AsyncIterator[BossBot]:
        settings = settings_of(**more)
        point_at(settings.discord)
        async with QuickBot(settings) as bot:
            # How long the client waits for more servers; two seconds by default.
            bot._connection.guild_ready_timeout = 0.1
            task = asyncio.create_task(bot.start(local_discord.token))
            try:
                await until_ready(bot, task)
                yield bot
            finally:
                await bot.close()
                await asyncio.wait([task])
                task.result()

    return running


async def until_ready(bot: BossBot, task: "asyncio.Task[None]") -> None:
    """Wait until the bot is ready, or raise what ended it."""
    async with asyncio.timeout(20):
        while not bot.is_ready():
            if task.done():
                task.result()
            await asyncio.sleep(0.01)


@pytest.fixture
async def bot(run_bot: RunBot) -> AsyncIterator[BossBot]:
    async with run_bot() as bot:
        yield bot
