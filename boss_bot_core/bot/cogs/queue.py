"""`$dlq` and `/dlq`: the running and waiting downloads, and the user's position."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from boss_bot_core.bot.cogs._command_help import describe_options, help_extras, to_locale_str
from boss_bot_core.bot.context import CommandContext
from boss_bot_core.bot.context.factory import ContextFactory
from boss_bot_core.bot.exceptions import CommandRefusedError
from boss_bot_core.bot.texts import commands as command_texts
from boss_bot_core.bot.texts.command_help import QUEUE
from boss_bot_core.bot.texts.queue import Viewer, queue_text
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.pipeline.service import DownloadService

_MAX_PAGE_DIGITS = 6


class QueueCog(commands.Cog, name="Queue"):
    """The queue command.

    Args:
        contexts: Builds the context of a command.
        downloads: Reads the queue.
    """

    def __init__(self, contexts: ContextFactory, downloads: DownloadService) -> None:
        self._contexts = contexts
        self._downloads = downloads

    @commands.command(name="dlq", extras=help_extras(QUEUE))
    async def typed(self, ctx: commands.Context[Any], *, page: str = "1") -> None:
        """Answer `$dlq`."""
        number = page.strip()
        if not number.isdecimal() or len(number) > _MAX_PAGE_DIGITS:
            raise CommandRefusedError(command_texts.invalid_page)
        await self._show(await self._contexts.from_message(ctx), int(number))

    @app_commands.command(name="dlq", description=to_locale_str(QUEUE.slash_summary))
    @describe_options(QUEUE)
    async def slash(self, interaction: discord.Interaction[Any], page: app_commands.Range[int, 1, 1000] = 1) -> None:
        """Answer `/dlq`."""
        await self._show(await self._contexts.from_interaction(interaction, ephemeral=True), page)

    async def _show(self, context: CommandContext, page: int) -> None:
        items = (await self._downloads.queue_state()).items
        user_id = context.invoker.user_id
        waiting = (item for item in items if item.user_id == user_id and item.status is DownloadStatus.QUEUED)
        first = next(waiting, None)
        position = None if first is None else await self._downloads.position(first.id)
        viewer = Viewer(
            user_id=user_id, guild_id=context.channel.guild_id, can_see_adult=context.channel.is_age_restricted
        )
        await context.reply(queue_text(items, viewer, context.prefix, page=page, position=position))
