"""`$dlc` and `/dlc`: cancel one download, or all of the user's own after a question."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from boss_bot_core.bot.cogs._autocomplete import Choices, matching_choices
from boss_bot_core.bot.cogs._command_help import describe_options, help_extras, to_locale_str
from boss_bot_core.bot.context import CommandContext
from boss_bot_core.bot.context.factory import ContextFactory
from boss_bot_core.bot.controls.actions import ControlAction
from boss_bot_core.bot.controls.service import ControlService
from boss_bot_core.bot.texts import cancel as cancel_texts
from boss_bot_core.bot.texts import controls as control_texts
from boss_bot_core.bot.texts.command_help import ALL, CANCEL
from boss_bot_core.bot.views.confirm_cancel import CancelAllView
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.pipeline.service import DownloadService


class CancelCog(commands.Cog, name="Cancelling"):
    """The cancel command: finds the downloads; `ControlService` checks the permission and cancels.

    Args:
        contexts: Builds the context of a command.
        downloads: Finds downloads.
        controls: Cancels downloads.
    """

    def __init__(self, contexts: ContextFactory, downloads: DownloadService, controls: ControlService) -> None:
        self._contexts = contexts
        self._downloads = downloads
        self._controls = controls

    @commands.command(name="dlc", extras=help_extras(CANCEL))
    async def typed(self, ctx: commands.Context[Any], *, which: str = "") -> None:
        """Answer `$dlc`."""
        await self._cancel(await self._contexts.from_message(ctx), which)

    @app_commands.command(name="dlc", description=to_locale_str(CANCEL.slash_summary))
    @describe_options(CANCEL)
    async def slash(self, interaction: discord.Interaction[Any], download: str = "") -> None:
        """Answer `/dlc`."""
        await self._cancel(await self._contexts.from_interaction(interaction, ephemeral=True), download)

    @slash.autocomplete("download")
    async def _complete(self, interaction: discord.Interaction[Any], current: str) -> Choices:
        items = await self._downloads.list_unfinished(interaction.user.id)
        choices = [(cancel_texts.cancel_choice(item), item.short_id) for item in items]
        if len(items) > 1:
            choices.append((cancel_texts.cancel_all_choice(len(items)), ALL))
        return matching_choices(choices, current)

    async def _cancel(self, context: CommandContext, which: str) -> None:
        typed = which.strip()
        if typed.lower() == ALL:
            await self._ask_before_cancelling_all(context)
            return
        item = await self._find(context, typed)
        if item is None:
            reply = control_texts.NOTHING_TO_CANCEL
        else:
            reply = await self._controls.perform(ControlAction.CANCEL, item.id, context.invoker)
        await context.reply(reply.text)

    async def _find(self, context: CommandContext, typed: str) -> DownloadItem | None:
        """Return the download that was named, or else the user's newest unfinished one, or None."""
        if typed:
            return await self._downloads.find(typed)
        return next(iter(await self._downloads.list_unfinished(context.invoker.user_id)), None)

    async def _ask_before_cancelling_all(self, context: CommandContext) -> None:
        user_id = context.invoker.user_id
        items = await self._downloads.list_unfinished(user_id)
        if not items:
            await context.reply(control_texts.NOTHING_TO_CANCEL.text)
            return
        view = CancelAllView(self._controls, user_id, [item.id for item in items])
        await context.reply(view.question, view=view)
