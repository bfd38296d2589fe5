"""Listener for deleted channels and threads and for guilds that removed the bot: ends the downloads that were for them.

Every event leads to the same check of all unfinished downloads, which asks Discord about what the client does not know.
Events that were missed while the bot was not connected are made up for when the client is ready again.
"""

import asyncio
from collections.abc import Sequence

import discord
from discord.ext import commands
from loguru import logger

from boss_bot_core.bot.api.retry import CONNECTION_ERRORS
from boss_bot_core.bot.cards.notices import RequesterNotices
from boss_bot_core.bot.context.place import find_channel
from boss_bot_core.bot.language import LazyText
from boss_bot_core.bot.texts import notices as notice_texts
from boss_bot_core.domain.items import LOCAL_ID, DownloadItem
from boss_bot_core.pipeline.service import DownloadService
from boss_bot_core.queue import ControlOutcome


class DestinationsCog(commands.Cog, name="Destinations"):
    """Ends downloads whose destination is gone, and tells their requesters once.

    Args:
        client: The bot.
        downloads: Finds and cancels downloads.
        notices: Tells requesters.
    """

    def __init__(self, client: discord.Client, downloads: DownloadService, notices: RequesterNotices) -> None:
        self._client = client
        self._downloads = downloads
        self._notices = notices
        self._checking = asyncio.Lock()

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Make up for the events that were missed before the session began."""
        await self._check()

    @commands.Cog.listener()
    async def on_guild_remove(self, _: discord.Guild) -> None:
        """End the downloads for a guild that removed the bot."""
        await self._check()

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, _: discord.abc.GuildChannel) -> None:
        """End the downloads for a deleted channel, also those for threads in it that the client did not know."""
        await self._check()

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, _: discord.RawThreadDeleteEvent) -> None:
        """End the downloads for a deleted thread."""
        await self._check()

    async def _check(self) -> None:
        async with self._checking:
            items = [each for each in (await self._downloads.queue_state()).items if each.destination.kind == "discord"]
            places = {(each.guild_id, each.destination.target) for each in items}
            losses = {target: await self._find_loss(guild_id, int(target)) for guild_id, target in places}
            for reason in (notice_texts.CHANNEL_GONE, notice_texts.BOT_REMOVED):
                await self._stop([each for each in items if losses[each.destination.target] == reason], reason)

    async def _find_loss(self, guild_id: int, channel_id: int) -> LazyText | None:
        """Return why nothing can be delivered to a channel any more, or None while that is not certain."""
        if guild_id != LOCAL_ID and self._client.get_guild(guild_id) is None:
            return notice_texts.BOT_REMOVED
        try:
            await find_channel(self._client, channel_id)
        except discord.NotFound:
            return notice_texts.CHANNEL_GONE
        except (discord.DiscordException, *CONNECTION_ERRORS) as error:
            logger.bind(action="destination").debug("Channel {} cannot be read now: {!r}", channel_id, error)
        return None

    async def _stop(self, items: Sequence[DownloadItem], reason: LazyText) -> None:
        results = [await self._downloads.cancel(item) for item in items]
        stopped = [each.item for each in results if each.outcome in {ControlOutcome.DONE, ControlOutcome.REQUESTED}]
        await self._notices.tell_stopped(stopped, reason)
