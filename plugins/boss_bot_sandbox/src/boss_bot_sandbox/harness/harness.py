"""The harness: starts the local Discord, the media site and the bot's process together, and stops them together.

The terminal mode, the web page and tests use the same harness.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import attrs

from boss_bot_sandbox.discord import LocalDiscord
from boss_bot_sandbox.discord.events import GatewayIdentified
from boss_bot_sandbox.harness.bot_process import BotProcess
from boss_bot_sandbox.harness.environment import build_bot_environment
from boss_bot_sandbox.harness.samples import expand_samples
from boss_bot_sandbox.page.routes import page_routes
from boss_bot_sandbox.site import MediaSite


class BotEndedError(RuntimeError):
    """The bot ended before it had logged in; the message contains its last lines."""


@attrs.frozen(kw_only=True)
class Harness:
    """A running harness.

    Attributes:
        discord: The local Discord.
        site: The media site, which serves the samples.
        bot: The bot's process.
    """

    discord: LocalDiscord
    site: MediaSite
    bot: BotProcess

    @property
    def url(self) -> str:
        """The address of the web page."""
        return f"{self.discord.cdn_url}/"

    async def wait_for_login(self, timeout_s: float = 60.0) -> None:
        """Wait until the bot has logged in for the first time.

        Raises:
            BotEndedError: The bot ended before it logged in.
            TimeoutError: The bot neither logged in nor ended in time.
        """
        login = asyncio.create_task(self.discord.wait_for(GatewayIdentified, timeout_s=timeout_s, start=0))
        ended = asyncio.create_task(self.bot.ended.wait())
        try:
            await asyncio.wait([login, ended], return_when=asyncio.FIRST_COMPLETED)
            if not login.done():
                raise BotEndedError("\n".join(list(self.bot.lines)[-20:]))
            await login
        finally:
            login.cancel()
            ended.cancel()


@asynccontextmanager
async def open_harness(bot: BotProcess, *, port: int = 0, boost_tier: int = 0) -> AsyncIterator[Harness]:
    """Start the servers and the bot; stop them at the end of the block and delete their files.

    Args:
        bot: The bot's process, not started yet.
        port: The port of the web page and the local Discord; 0 takes a free one.
        boost_tier: The boost tier of the guild, 0 to 3.
    """
    with tempfile.TemporaryDirectory(prefix="boss-bot-sandbox-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        discord = LocalDiscord(port=port, routes=page_routes(bot), expand_text=expand_samples)
        async with discord, MediaSite.start(folder) as site:
            discord.admin.boost(discord.guild(), boost_tier)
            async with bot.run(build_bot_environment(discord, site, folder)):
                yield Harness(discord=discord, site=site, bot=bot)
