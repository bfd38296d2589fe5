"""`$dlh` in the place of discord.py's own help, and `/dlh`."""

from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from boss_bot_core.bot.cogs._autocomplete import matching_choices
from boss_bot_core.bot.context import CommandContext
from boss_bot_core.bot.context.factory import ContextFactory
from boss_bot_core.bot.help.command_help import build_help_extras
from boss_bot_core.bot.help.pages import SITES, HelpPages
from boss_bot_core.bot.texts.units import format_limit_compact


class DownloadHelp(commands.HelpCommand):
    """The help command; its cog has the pages, for discord.py copies this object at every use."""

    def __init__(self) -> None:
        super().__init__(
            command_attrs={
                "name": "dlh",
                "help": "Show help",
                "usage": "[command|sites]",
                "extras": build_help_extras(examples=("", "dl", "sites"), notes=("/dlh shows it to you alone",)),
            }
        )

    async def command_callback(self, ctx: commands.Context[Any], /, *, command: str | None = None) -> None:
        """Answer `$dlh`, `$dlh sites` and `$dlh <command>`."""
        cog = self.cog
        if isinstance(cog, HelpCog):
            await cog.answer(await cog.reception.from_message(ctx), command)


class HelpCog(commands.Cog, name="Help"):
    """Help for both ways of asking."""

    def __init__(self, bot: commands.Bot, contexts: ContextFactory, book: HelpPages) -> None:
        self.reception = contexts
        self._bot = bot
        self._book = book

    async def cog_load(self) -> None:
        """Take the place of discord.py's help."""
        self._bot.help_command = DownloadHelp()
        self._bot.help_command.cog = self

    async def cog_unload(self) -> None:
        """Leave the place empty."""
        self._bot.help_command = None

    async def answer(self, context: CommandContext, topic: str | None) -> None:
        """Show a page."""
        await context.reply(
            self._book.render(topic, self._known, format_limit_compact(context.channel.upload_limit_bytes))
        )

    @app_commands.command(name="dlh")
    @app_commands.describe(topic="A command, or “sites” for what is supported")
    async def slash(self, interaction: discord.Interaction[Any], topic: str | None = None) -> None:
        """Show help: what I can do, and how."""
        await self.answer(await self.reception.from_interaction(interaction, ephemeral=True), topic)

    @slash.autocomplete("topic")
    async def _offer(self, _: discord.Interaction[Any], current: str) -> list[app_commands.Choice[str]]:
        listed = sorted({command.name for command in self._bot.commands if not command.hidden} | {SITES})
        return matching_choices(listed, current)

    @property
    def _known(self) -> Mapping[str, commands.Command[Any, ..., Any]]:
        return self._bot.all_commands
