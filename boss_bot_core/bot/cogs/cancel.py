"""`$dlc` and `/dlc`: cancel one download, or all of one's own after asking."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from boss_bot_core.bot.cogs._autocomplete import matching_choices
from boss_bot_core.bot.context import CommandContext
from boss_bot_core.bot.context.factory import ContextFactory
from boss_bot_core.bot.controls.actions import ControlAction
from boss_bot_core.bot.controls.service import ControlService
from boss_bot_core.bot.help.command_help import build_help_extras
from boss_bot_core.bot.texts import controls as control_texts
from boss_bot_core.bot.texts.escape import clean
from boss_bot_core.bot.views.confirm_cancel import CancelAllView
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.queue.reader import QueueReader

ALL = "all"
_NAME_LENGTH = 100
"""What Discord takes in a choice."""
_EVERYTHING = 10_000


class CancelCog(commands.Cog, name="Cancelling"):
    """Finds the download; the controls decide and act."""

    def __init__(self, contexts: ContextFactory, view: QueueReader, controls: ControlService) -> None:
        self._contexts = contexts
        self._view = view
        self._controls = controls

    @commands.command(
        name="dlc",
        help="Cancel download",
        usage="[id|all]",
        extras=build_help_extras(
            examples=("", "a1b2c3", ALL),
            notes=("Without an id: your newest download", "The id is on the card, behind the #"),
        ),
    )
    async def typed(self, ctx: commands.Context[Any], *, which: str = "") -> None:
        """Answer `$dlc`."""
        await self._cancel(await self._contexts.from_message(ctx), which)

    @app_commands.command(name="dlc")
    @app_commands.describe(download="Which; your newest if you do not say")
    async def slash(self, interaction: discord.Interaction[Any], download: str = "") -> None:
        """Cancel a download of yours, or all of them."""
        await self._cancel(await self._contexts.from_interaction(interaction, ephemeral=True), download)

    @slash.autocomplete("download")
    async def _offer(self, interaction: discord.Interaction[Any], current: str) -> list[app_commands.Choice[str]]:
        mine = await self._unfinished_of(interaction.user.id)
        named = [(_described(item), item.short_id) for item in mine]
        if len(mine) > 1:
            named.append((f"All {len(mine)}", ALL))
        return matching_choices(named, current)

    async def _cancel(self, context: CommandContext, which: str) -> None:
        typed = which.strip()
        if typed.lower() == ALL:
            await self._ask_about_all(context)
            return
        if typed:
            item: DownloadItem | None = await self._view.find(typed)
        else:
            item = next(iter(await self._unfinished_of(context.invoker.user_id)), None)
        if item is None:
            reply = control_texts.NOTHING_TO_CANCEL
        else:
            reply = await self._controls.perform(ControlAction.CANCEL, item.id, context.actor)
        await context.reply(reply.text)

    async def _ask_about_all(self, context: CommandContext) -> None:
        mine = await self._unfinished_of(context.invoker.user_id)
        if not mine:
            await context.reply(control_texts.NOTHING_TO_CANCEL.text)
            return
        view = CancelAllView(self._controls, context.invoker.user_id, [item.id for item in mine])
        await context.reply(view.question, view=view)

    async def _unfinished_of(self, user_id: int) -> list[DownloadItem]:
        state = await self._view.state(page_size=_EVERYTHING)
        mine = [item for item in state.items if item.user_id == user_id]
        return sorted(mine, key=lambda item: item.created_at, reverse=True)


def _described(item: DownloadItem) -> str:
    return clean(f"#{item.short_id} · {item.status} · {item.title or item.url}", _NAME_LENGTH)
