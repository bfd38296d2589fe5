"""`$dlq` and `/dlq`: what runs, what waits, and when it is one's turn."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from boss_bot_core.bot.context import CommandContext
from boss_bot_core.bot.context.factory import ContextFactory
from boss_bot_core.bot.exceptions import CommandRefusedError
from boss_bot_core.bot.help.command_help import build_help_extras
from boss_bot_core.bot.texts.errors import with_prefix
from boss_bot_core.bot.texts.queue import Viewer, queue_text
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.queue.reader import QueueReader

_EVERYTHING = 10_000
_LONGEST_NUMBER = 6


class QueueCog(commands.Cog, name="Queue"):
    """Looks at the queue."""

    def __init__(self, contexts: ContextFactory, view: QueueReader, prefix: str) -> None:
        self._contexts = contexts
        self._view = view
        self._prefix = prefix

    @commands.command(
        name="dlq",
        help="Show queue status",
        usage="[page]",
        extras=build_help_extras(
            examples=("", "2"),
            notes=("An asterisk marks your downloads", "What is downloaded in other servers is not named"),
        ),
    )
    async def typed(self, ctx: commands.Context[Any], *, page: str = "1") -> None:
        """Answer `$dlq`."""
        number = page.strip()
        if not number.isdecimal() or len(number) > _LONGEST_NUMBER:
            raise CommandRefusedError("❌ That is no page. Example: `$dlq 2`")
        await self._show(await self._contexts.from_message(ctx), int(number))

    @app_commands.command(name="dlq")
    @app_commands.describe(page="Which page")
    async def slash(self, interaction: discord.Interaction[Any], page: app_commands.Range[int, 1, 1000] = 1) -> None:
        """Show the queue: what runs, what waits, and your position."""
        await self._show(await self._contexts.from_interaction(interaction, ephemeral=True), page)

    async def _show(self, context: CommandContext, page: int) -> None:
        items = (await self._view.state(page_size=_EVERYTHING)).items
        mine = (
            item for item in items if item.user_id == context.invoker.user_id and item.status is DownloadStatus.QUEUED
        )
        first = next(mine, None)
        position = None if first is None else await self._view.position(first.id)
        viewer = Viewer(
            user_id=context.invoker.user_id,
            guild_id=context.channel.guild_id,
            sees_adult=context.channel.is_age_restricted,
        )
        await context.reply(with_prefix(queue_text(items, viewer, page=page, position=position), self._prefix))
