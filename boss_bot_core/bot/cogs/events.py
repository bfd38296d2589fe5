"""What happens to the connection and to servers: logged and counted, and hardly anything else.

Work is begun in the client's `setup_hook`, for Discord says "ready" again after every lost session.
"""

import discord
from discord.ext import commands
from loguru import logger

from boss_bot_core.access import AccessService
from boss_bot_core.bot.metrics import BotMetrics


class EventsCog(commands.Cog):
    """Listens."""

    def __init__(self, bot: commands.Bot, metrics: BotMetrics, access: AccessService) -> None:
        self._bot = bot
        self._access = access
        self._metrics = metrics
        self._log = logger.bind(action="discord")
        self._is_connected = False

    @commands.Cog.listener()
    async def on_connect(self) -> None:
        """A new session has begun."""
        self._is_connected = True

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Discord has told everything: at the start, and again after every lost session."""
        self._metrics.ready += 1
        guilds = len(self._bot.guilds)
        self._log.info("Ready as {}; servers: {}, sessions so far: {}.", self._bot.user, guilds, self._metrics.ready)

    @commands.Cog.listener()
    async def on_resumed(self) -> None:
        """The connection is back, and nothing was missed."""
        self._is_connected = True
        self._metrics.resumed += 1
        self._log.info("The connection to Discord is back.")

    @commands.Cog.listener()
    async def on_disconnect(self) -> None:
        """The connection is lost; the client makes it anew by itself, slower and slower."""
        # The client says so again at each attempt that fails.
        if self._bot.is_closed() or not self._is_connected:
            return
        self._is_connected = False
        self._metrics.disconnected += 1
        self._log.warning("The connection to Discord is lost; downloads go on.")

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """A server invited the bot."""
        self._metrics.guilds_joined += 1
        self._log.info("Joined server {} ({}).", guild.name, guild.id)

    @commands.Cog.listener()
    async def on_guild_update(self, before: discord.Guild, after: discord.Guild) -> None:
        """A server has gained or lost boosts: what a refusal taught of its upload limit does not hold any more."""
        if before.filesize_limit != after.filesize_limit:
            self._log.info("Server {} ({}) has another upload limit now.", after.name, after.id)
            await self._access.learn_upload_limit(after.id, None)

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """A server removed the bot: what its admins set is forgotten."""
        self._metrics.guilds_left += 1
        self._log.info("Left server {} ({}).", guild.name, guild.id)
        await self._access.forget_guild(guild.id)
