"""`$health` for everyone and `$sync` for the bot's owner."""

from typing import Any

import discord
from discord.ext import commands

from boss_bot_core.app.app import App
from boss_bot_core.bot.cogs._command_help import help_extras
from boss_bot_core.bot.context.factory import ContextFactory
from boss_bot_core.bot.exceptions import CommandRefusedError
from boss_bot_core.bot.health import check_health
from boss_bot_core.bot.metrics import BotMetrics
from boss_bot_core.bot.texts import commands as command_texts
from boss_bot_core.bot.texts import health as health_texts
from boss_bot_core.bot.texts.help import code_block
from boss_bot_core.bot.texts.operator_help import HEALTH, SYNC
from boss_bot_core.domain.clock import utc_now


class OwnerCog(commands.Cog, name="Operating"):
    """Commands for the operation of the bot.

    Args:
        bot: The bot.
        contexts: Builds the context of a command.
        app: The open app, whose state is shown.
        metrics: The bot's counts.
    """

    def __init__(self, bot: commands.Bot, contexts: ContextFactory, app: App, metrics: BotMetrics) -> None:
        self._bot = bot
        self._contexts = contexts
        self._app = app
        self._metrics = metrics

    @commands.command(name="health", extras=help_extras(HEALTH))
    async def health(self, ctx: commands.Context[Any]) -> None:
        """Answer `$health`."""
        context = await self._contexts.from_message(ctx)
        report = await check_health(self._app, self._bot.latency, self._metrics)
        details = ""
        if await self._bot.is_owner(ctx.author):
            details = code_block(health_texts.operator_lines(report, utc_now()))
        await context.reply(f"{health_texts.headline(report)}\n{details}".strip())

    @commands.command(name="sync", hidden=True, extras=help_extras(SYNC))
    @commands.is_owner()
    async def sync(self, ctx: commands.Context[Any], *, where: str = "") -> None:
        """Answer `$sync`."""
        context = await self._contexts.from_message(ctx)
        target = where.strip().lower()
        if target not in {"", "here", "clear"}:
            raise CommandRefusedError(command_texts.invalid_sync_target)
        count = await self._sync(target, ctx.guild)
        await context.reply(command_texts.synced(count, here=bool(target)))

    async def _sync(self, target: str, guild: discord.Guild | None) -> int:
        """Send the commands to Discord and return how many it knows now."""
        tree = self._bot.tree
        if not target:
            return len(await tree.sync())
        if guild is None:
            raise commands.NoPrivateMessage
        if target == "here":
            tree.copy_global_to(guild=guild)
        else:
            tree.clear_commands(guild=guild)
        return len(await tree.sync(guild=guild))
