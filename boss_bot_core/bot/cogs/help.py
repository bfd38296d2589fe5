"""`$dlh`, which replaces discord.py's own help, and `/dlh`."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

import attrs
import discord
from discord import app_commands
from discord.ext import commands

from boss_bot_core.bot.cogs._autocomplete import Choices, matching_choices
from boss_bot_core.bot.cogs._command_help import help_extras, read_help
from boss_bot_core.bot.context import CommandContext
from boss_bot_core.bot.context.factory import ContextFactory
from boss_bot_core.bot.texts.command_help import HELP, platform_help
from boss_bot_core.bot.texts.help import SITES, overview, supported_sites, unknown_topic
from boss_bot_core.bot.texts.units import format_limit_compact
from boss_bot_core.plugin.matching import Platform

Commands = Mapping[str, commands.Command[Any, ..., Any]]
"""The typed commands, by name and alias."""


class HelpPages:
    """Chooses the page of help for a topic.

    Args:
        platforms: The platforms of the installed plugins.
    """

    def __init__(self, platforms: Iterable[Platform]) -> None:
        self._platforms = tuple(platforms)

    def render(self, topic: str | None, known: Commands, limit: str, prefix: str) -> str:
        """Return the page for a command's name or for `sites`; the overview for an empty topic.

        Args:
            topic: The topic as the user typed it.
            known: The typed commands. Hidden ones have a page, but the overview does not list them.
            limit: The channel's upload limit.
            prefix: The prefix of typed commands.
        """
        name = (topic or "").strip().lower().removeprefix(prefix.lower()).removeprefix("/")
        if not name:
            listed = {each.qualified_name: read_help(each) for each in known.values() if not each.hidden}
            return overview(listed, prefix, limit)
        if name == SITES:
            return supported_sites((_without_other_command(each, known) for each in self._platforms), prefix)
        if command := known.get(name):
            return read_help(command).render(prefix + command.qualified_name, limit)
        similar = get_close_matches(name, [*known, SITES], n=1)
        return unknown_topic(similar[0] if similar else None, prefix)


def _without_other_command(platform: Platform, known: Commands) -> Platform:
    """Return a platform without its alias if that is a command of the bot, and not the platform's."""
    command = known.get(platform.alias or "")
    is_own = command is not None and read_help(command) == platform_help(platform)
    return platform if is_own else attrs.evolve(platform, alias=None)


class DownloadHelp(commands.HelpCommand):
    """The typed help command. Its cog holds the pages, because discord.py copies this object at every use."""

    def __init__(self) -> None:
        super().__init__(command_attrs={"name": "dlh", "extras": help_extras(HELP)})

    async def command_callback(self, ctx: commands.Context[Any], /, *, command: str | None = None) -> None:
        """Answer `$dlh`, `$dlh sites` and `$dlh <command>`."""
        cog = self.cog
        if isinstance(cog, HelpCog):
            await cog.answer(await cog.contexts.from_message(ctx), command)


class HelpCog(commands.Cog, name="Help"):
    """The help commands.

    Args:
        bot: The bot.
        contexts: Builds the context of a command.
        pages: The pages.
    """

    def __init__(self, bot: commands.Bot, contexts: ContextFactory, pages: HelpPages) -> None:
        self.contexts = contexts
        self._bot = bot
        self._pages = pages

    async def cog_load(self) -> None:
        """Replace discord.py's help command."""
        self._bot.help_command = DownloadHelp()
        self._bot.help_command.cog = self

    async def cog_unload(self) -> None:
        """Remove the help command."""
        self._bot.help_command = None

    async def answer(self, context: CommandContext, topic: str | None) -> None:
        """Reply with the page for a topic."""
        limit = format_limit_compact(context.channel.upload_limit_bytes)
        await context.reply(self._pages.render(topic, self._bot.all_commands, limit, context.prefix))

    @app_commands.command(name="dlh", description=HELP.slash_summary)
    @app_commands.describe(**HELP.options)
    async def slash(self, interaction: discord.Interaction[Any], topic: str | None = None) -> None:
        """Answer `/dlh`."""
        await self.answer(await self.contexts.from_interaction(interaction, ephemeral=True), topic)

    @slash.autocomplete("topic")
    async def _complete(self, _: discord.Interaction[Any], current: str) -> Choices:
        topics = sorted({command.name for command in self._bot.commands if not command.hidden} | {SITES})
        return matching_choices(topics, current)
