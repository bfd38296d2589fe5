"""`$health` and `$sync`: for whoever runs the bot."""

from typing import Any

import discord
from discord.ext import commands

from boss_bot_core.app import App
from boss_bot_core.bot.context.factory import ContextFactory
from boss_bot_core.bot.exceptions import CommandRefusedError
from boss_bot_core.bot.health import check_health
from boss_bot_core.bot.help.command_help import build_help_extras, code_block
from boss_bot_core.bot.metrics import BotMetrics
from boss_bot_core.domain.clock import utc_now


class OwnerCog(commands.Cog, name="Operating"):
    """Looks at the bot, and tells Discord which commands there are."""

    def __init__(self, bot: commands.Bot, contexts: ContextFactory, app: App, metrics: BotMetrics) -> None:
        self._bot = bot
        self._contexts = contexts
        self._app = app
        self._metrics = metrics

    @commands.command(
        name="health",
        help="Show how the bot is",
        extras=build_help_extras(notes=("The bot's owner is also shown the details",)),
    )
    async def health(self, ctx: commands.Context[Any]) -> None:
        """Answer `$health`."""
        context = await self._contexts.from_message(ctx)
        health = await check_health(self._app, self._bot.latency, self._metrics)
        details = code_block(health.details(utc_now())) if await self._bot.is_owner(ctx.author) else ""
        await context.reply(f"{health.headline}\n{details}".strip())

    @commands.command(
        name="sync",
        help="Tell Discord which slash commands there are",
        usage="[here|clear]",
        hidden=True,
        extras=build_help_extras(
            examples=("", "here"),
            notes=(
                "After an installation and after an update, once",
                "here: in this server only, and at once; clear: take that back",
                "Only for the bot's owner",
            ),
        ),
    )
    @commands.is_owner()
    async def sync(self, ctx: commands.Context[Any], *, where: str = "") -> None:
        """Answer `$sync`."""
        context = await self._contexts.from_message(ctx)
        if where.strip().lower() not in {"", "here", "clear"}:
            raise CommandRefusedError("❌ That is no place. Example: `$sync here`")
        count = await self._sync(where.strip().lower(), ctx.guild)
        await context.reply(f"✅ Discord knows {count} commands now{' here' if where else ''}.")

    async def _sync(self, where: str, guild: discord.Guild | None) -> int:
        tree = self._bot.tree
        if not where:
            return len(await tree.sync())
        if guild is None:
            raise CommandRefusedError("❌ That works in a server only.")
        if where == "here":
            tree.copy_global_to(guild=guild)
        else:
            tree.clear_commands(guild=guild)
        return len(await tree.sync(guild=guild))
