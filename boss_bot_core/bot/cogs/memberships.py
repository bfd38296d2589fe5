"""Listener for the guilds that the bot joins and leaves: explains the first steps, and remembers which it has left.

What is kept of a left guild is deleted by the daily clean-up, after its period. A guild that Discord reports as
unavailable is still one of the client's guilds.
"""

import discord
from discord.ext import commands

from boss_bot_core.access import AccessService
from boss_bot_core.bot.cards.message_api import CardMessages
from boss_bot_core.bot.welcome import welcome
from boss_bot_core.database import Database
from boss_bot_core.domain.clock import utc_now


class MembershipsCog(commands.Cog):
    """Keeps the bot's memberships up to date.

    Args:
        bot: Knows its guilds.
        database: Keeps the memberships.
        access: Holds what is kept of guilds in memory.
        messages: Sends direct messages.
    """

    def __init__(self, bot: commands.Bot, database: Database, access: AccessService, messages: CardMessages) -> None:
        self._bot = bot
        self._database = database
        self._access = access
        self._messages = messages

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Note the guilds that removed or invited the bot while it was not connected."""
        present = {guild.id: guild for guild in self._bot.guilds}
        async with self._database.begin() as tx:
            known, welcomed = await tx.memberships.list_known(), await tx.memberships.list_welcomed()
            await tx.memberships.record_left(known - present.keys(), utc_now())
            await tx.memberships.record_present(known & present.keys())
            # Of an unavailable guild, the client knows neither the owner nor the channels.
            new = [guild for guild in present.values() if guild.id not in welcomed and not guild.unavailable]
            for guild in new:
                await tx.memberships.record_welcome(guild.id, utc_now())
        # At the first start it is not known which guilds are new: their members may have used the bot for years.
        for guild in new if welcomed else ():
            await self._welcome(guild)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Explain the first steps, once for each guild."""
        # Recorded first: a crash must not explain them twice.
        async with self._database.begin() as tx:
            await tx.memberships.record_present([guild.id])
            is_new = await tx.memberships.record_welcome(guild.id, utc_now())
        # Settings from before the guild was left may be deleted by now.
        await self._access.refresh_guilds()
        if is_new:
            await self._welcome(guild)

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Note a guild that removed the bot."""
        async with self._database.begin() as tx:
            await tx.memberships.record_left([guild.id], utc_now())

    async def _welcome(self, guild: discord.Guild) -> None:
        await welcome(guild, self._messages, self._access.prefixes.find(guild.id))
