"""Runs the real bot in this process, with a local Discord and a media site, all on loopback."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from boss_bot_core.bot.application import set_api_urls
from boss_bot_core.bot.client import BossBot
from boss_bot_core.bot.wiring import wire_bot
from boss_bot_core.settings import Settings, load
from boss_bot_sandbox.discord import LocalDiscord, Options
from boss_bot_sandbox.discord.redirect import redirect_clients
from boss_bot_sandbox.site import RemoteSite


class QuickBot(BossBot):
    """The bot, without discord.py's pause of five seconds before every further identification."""

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify at once."""


@asynccontextmanager
async def open_discord(options: Options | None = None) -> AsyncIterator[LocalDiscord]:
    """Run a local Discord, and restore the API addresses that a bot sets afterwards."""
    async with LocalDiscord(options) as server:
        with redirect_clients(server.rest_url, server.gateway_url, server.cdn_url):
            yield server


def settings_for(server: LocalDiscord, site: RemoteSite, data: Path, **more: object) -> Settings:
    """Return settings for a bot that can reach the local Discord and the media site only."""
    values: dict[str, object] = {
        "data_dir": str(data),
        "allowed_private_networks": "127.0.0.0/8",
        "ca_file": str(site.ca_file),
        "host_overrides": ",".join(f"{host}={where}" for host, where in site.host_overrides.items()),
        "stall_s": 5,
        "discord_api_url": server.rest_url,
        "discord_gateway_url": server.gateway_url,
        "discord_cdn_url": server.cdn_url,
    }
    return load(values | more, environ={"BOSS_BOT_CONFIG_FILE": ""})


@asynccontextmanager
async def open_bot(settings: Settings, token: str) -> AsyncIterator[BossBot]:
    """Run the bot, ready at the beginning of the block, and raise the exception that ended it early."""
    set_api_urls(settings.discord)
    async with QuickBot(settings, wire_bot) as bot:
        # How long the client waits for more servers; two seconds by default.
        bot._connection.guild_ready_timeout = 0.1
        task = asyncio.create_task(bot.start(token))
        try:
            async with asyncio.timeout(30):
                while not (bot.is_ready() or task.done()):
                    await asyncio.sleep(0.01)
            if not task.done():
                yield bot
        finally:
            await bot.close()
            await asyncio.wait([task])
        task.result()
