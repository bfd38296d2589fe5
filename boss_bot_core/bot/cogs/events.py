"""Listener for events of the connection and of guilds: logs and counts them.

Nothing is started here but in the client's `setup_hook`, because Discord sends "ready" again after every lost session.
"""

import discord
from discord.ext import commands
from loguru import logger

from boss_bot_core.access import AccessService
from boss_bot_core.bot.metrics import BotMetrics


class EventsCog(commands.Cog):
    """Logs and counts events, and keeps what the bot knows about guilds up to date.

    Args:
        bot: The bot.
        metrics: The counts.
        access: Holds the settings and the learned upload limits of guilds.
    """

    def __init__(self, bot: commands.Bot, metrics: BotMetrics, access: AccessService) -> None:
        self._bot = bot
        self._access = access
        self._metrics = metrics
        self._log = logger.bind(action="discord")
        self._is_connected = False

    @commands.Cog.listener()
    async def on_connect(self) -> None:
        """Note that a new session has begun."""
        self._is_connected = True

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Count a session that is complete: the first one, and one after every lost session."""
        self._metrics.ready += 1
        guilds = len(self._bot.guilds)
        self._log.info("Ready as {}; servers: {}, sessions so far: {}.", self._bot.user, guilds, self._metrics.ready)

    @commands.Cog.listener()
    async def on_resumed(self) -> None:
        """Count a session that continues without a missed event."""
        self._is_connected = True
        self._metrics.resumed += 1
        self._log.info("The connection to Discord is back.")

    @commands.Cog.listener()
    async def on_disconnect(self) -> None:
        """Count a lost connection; the client reconnects by itself, with growing pauses."""
        # The client repeats this event at each attempt that fails.
        if self._bot.is_closed() or not self._is_connected:
            return
        self._is_connected = False
        self._metrics.disconnected += 1
        self._log.warning("The connection to Discord is lost; downloads go on.")

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Count a guild that invited the bot."""
        self._metrics.guilds_joined += 1
        self._log.info("Joined server {} ({}).", guild.name, guild.id)

    @commands.Cog.listener()
    async def on_guild_update(self, before: discord.Guild, after: discord.Guild) -> None:
        """Forget the upload limit that a refused upload revealed when the guild gains or loses boosts."""
        if before.filesize_limit != after.filesize_limit:
            self._log.info("Server {} ({}) has another upload limit now.", after.name, after.id)
            await self._access.learn_upload_limit(after.id, None)

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Count a guild that removed the bot."""
        self._metrics.guilds_left += 1
        self._log.info("Left server {} ({}).", guild.name, guild.id)
