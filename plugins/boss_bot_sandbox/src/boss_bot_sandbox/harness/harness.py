"""The stage: all of it up, or all of it down again.

It exists apart from the command because the terminal, the page and tests stand on the same one.
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
from boss_bot_sandbox.page.routes import page_routes
from boss_bot_sandbox.site import MediaSite


class BotEndedError(RuntimeError):
    """The bot ended before it had logged in; the text is what it said last."""


@attrs.frozen(kw_only=True)
class Harness:
    """A sandbox at work.

    Attributes:
        discord: The local Discord.
        site: Where the samples are.
        bot: The bot's process.
    """

    discord: LocalDiscord
    site: MediaSite
    bot: BotProcess

    @property
    def url(self) -> str:
        """The web page."""
        return f"{self.discord.cdn_url}/"

    async def wait_for_login(self, timeout_s: float = 60.0) -> None:
        """Wait until the bot has logged in for the first time.

        Raises:
            BotEndedError: It ended instead.
            TimeoutError: It did neither in time.
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
    """Start everything, and stop it at the end of the block; the files of both are gone then.

    Args:
        bot: What is run; not started yet.
        port: Where the page and Discord are; 0 takes a free one.
        boost_tier: The guild's, 0 to 3.
    """
    with tempfile.TemporaryDirectory(prefix="boss-bot-sandbox-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        async with LocalDiscord(port=port, routes=page_routes(bot)) as discord, MediaSite.start(folder) as site:
            discord.admin.boost(discord.guild(), boost_tier)
            async with bot.run(build_bot_environment(discord, site, folder)):
                yield Harness(discord=discord, site=site, bot=bot)
