"""`$storage` and `/storage`: what is stored, for the managers of a server and for the bot's owner."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from boss_bot_core.app.app import App
from boss_bot_core.bot.cogs._command_help import help_extras, to_locale_str
from boss_bot_core.bot.context import CommandContext
from boss_bot_core.bot.context.base import AnswerPicture
from boss_bot_core.bot.context.factory import ContextFactory
from boss_bot_core.bot.context.invoker import IsOwner
from boss_bot_core.bot.storage_view import read_storage
from boss_bot_core.bot.texts.operator_help import STORAGE
from boss_bot_core.bot.texts.storage import chart_title, storage_text
from boss_bot_core.charts.bar_chart import draw_bar_chart
from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.items import LOCAL_ID


class StorageCog(commands.Cog, name="Storage"):
    """The storage command.

    Args:
        bot: Knows the names of the servers.
        contexts: Builds the context of a command.
        app: The open app.
        is_owner: Tells the bot's owner from others.
    """

    def __init__(self, bot: commands.Bot, contexts: ContextFactory, app: App, is_owner: IsOwner) -> None:
        self._bot = bot
        self._contexts = contexts
        self._app = app
        self._is_owner = is_owner

    @commands.command(name="storage", extras=help_extras(STORAGE))
    async def typed(self, ctx: commands.Context[Any]) -> None:
        """Answer `$storage`."""
        context = await self._contexts.from_message(ctx)
        # The members of a channel are not told the names of other servers.
        await self._show(context, is_private=context.invoker.guild_id == LOCAL_ID)

    @app_commands.command(name="storage", description=to_locale_str(STORAGE.slash_summary))
    async def slash(self, interaction: discord.Interaction[Any]) -> None:
        """Answer `/storage`."""
        await self._show(await self._contexts.from_interaction(interaction, ephemeral=True), is_private=True)

    async def _show(self, context: CommandContext, *, is_private: bool) -> None:
        invoker = context.invoker
        is_owner = await self._is_owner(invoker.user_id)
        if not is_owner:
            invoker.require_manage_guild()
        guild_id = None if is_owner and is_private else invoker.guild_id
        view = await read_storage(self._app, guild_id, self._find_name)
        text = storage_text(view, utc_now())
        picture = await draw_bar_chart(chart_title(view), view.bars) if view.bars else None
        answer = None if picture is None else AnswerPicture(content=picture, description=chart_title(view))
        await context.reply(text, picture=answer)

    def _find_name(self, guild_id: int) -> str | None:
        guild = self._bot.get_guild(guild_id)
        return None if guild is None else guild.name
