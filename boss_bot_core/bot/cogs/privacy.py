"""`$privacy` and `/privacy`: what is kept of the user, for how long, and its deletion."""

from typing import Any, Literal

import discord
from discord import app_commands
from discord.ext import commands

from boss_bot_core.bot.cogs._command_help import help_extras
from boss_bot_core.bot.context import CommandContext
from boss_bot_core.bot.context.factory import ContextFactory
from boss_bot_core.bot.texts.privacy import DELETE, PRIVACY, deletion_question, kept_text
from boss_bot_core.bot.views.confirm_deletion import ConfirmDeletionView
from boss_bot_core.domain.privacy import KeptPeriods
from boss_bot_core.operations.privacy import PrivacyService


class PrivacyCog(commands.Cog, name="Privacy"):
    """The privacy command. It writes nothing about the user who gives it.

    Args:
        contexts: Builds the context of a command.
        privacy: Counts and deletes what is kept.
        periods: How long this installation keeps it.
    """

    def __init__(self, contexts: ContextFactory, privacy: PrivacyService, periods: KeptPeriods) -> None:
        self._contexts = contexts
        self._privacy = privacy
        self._periods = periods

    @commands.command(name="privacy", extras=help_extras(PRIVACY))
    async def typed(self, ctx: commands.Context[Any], *, action: str = "") -> None:
        """Answer `$privacy`."""
        await self._answer(await self._contexts.from_message(ctx), action)

    @app_commands.command(name="privacy", description=PRIVACY.slash_summary)
    @app_commands.describe(**PRIVACY.options)
    async def slash(self, interaction: discord.Interaction[Any], action: Literal["delete"] | None = None) -> None:
        """Answer `/privacy`."""
        await self._answer(await self._contexts.from_interaction(interaction, ephemeral=True), action or "")

    async def _answer(self, context: CommandContext, action: str) -> None:
        user_id = context.invoker.user_id
        kept = await self._privacy.read(user_id)
        if action.strip().lower() != DELETE:
            await context.reply(kept_text(kept, self._periods, context.prefix))
            return
        view = ConfirmDeletionView(self._privacy, user_id)
        await context.reply(deletion_question(kept, view.ends_at), view=view)
