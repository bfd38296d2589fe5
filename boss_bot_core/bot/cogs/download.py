"""`$dl` and every other way to submit downloads: the platforms' own commands, `/dl`, and the menu of a message."""

from typing import Any, get_args

import attrs
import discord
from discord import app_commands
from discord.ext import commands

from boss_bot_core.bot.cogs._command_help import describe_options, help_extras, to_locale_str
from boss_bot_core.bot.cogs._platform_commands import add_commands
from boss_bot_core.bot.context import CommandContext
from boss_bot_core.bot.context.arguments import PRIORITIES, ParsedArguments, parse_arguments
from boss_bot_core.bot.context.download_command import DownloadCommand, PlatformCommand
from boss_bot_core.bot.context.factory import ContextFactory
from boss_bot_core.bot.context.message_link import MessageLinkResolver
from boss_bot_core.bot.context.source_message import collect_links, find_replied_message
from boss_bot_core.bot.submission import DownloadSubmitter
from boss_bot_core.bot.texts.command_help import DOWNLOAD, MENU
from boss_bot_core.domain.link import DownloadOptions, Quality
from boss_bot_core.plugin.matching import Platform

_PRIORITIES = [app_commands.Choice(name=name, value=name) for name in PRIORITIES]
_QUALITIES = [app_commands.Choice(name=text, value=text) for text in get_args(Quality)]


class DownloadCog(commands.Cog, name="Downloads"):
    """The commands that submit downloads.

    Args:
        bot: The bot.
        contexts: Builds the context of a command.
        submitter: Checks and submits the links.
        platforms: The platforms by plugin; each with an alias has a command of its own.
    """

    def __init__(
        self, bot: commands.Bot, contexts: ContextFactory, submitter: DownloadSubmitter, platforms: dict[str, Platform]
    ) -> None:
        self._bot = bot
        self._contexts = contexts
        self._submitter = submitter
        self._message_links = MessageLinkResolver(bot)
        self._platforms = platforms
        self._added: list[str] = []
        self._menu = app_commands.ContextMenu(name=to_locale_str(MENU), callback=self.menu)

    async def cog_load(self) -> None:
        """Add the platforms' commands and the menu."""
        # discord.py adds the cog's own commands only after this.
        own = {command.name for command in self.get_commands()}
        self._added = add_commands(self._bot, self._platforms, self.submit_typed, own)
        self._bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        """Remove the platforms' commands and the menu."""
        for alias in self._added:
            self._bot.remove_command(alias)
        self._bot.tree.remove_command(MENU.message, type=discord.AppCommandType.message)

    @commands.command(name="dl", extras=help_extras(DOWNLOAD))
    async def typed(self, ctx: commands.Context[Any], *, text: str = "") -> None:
        """Answer `$dl`."""
        await self.submit_typed(ctx, text, None)

    async def submit_typed(self, ctx: commands.Context[Any], text: str, platform: PlatformCommand | None) -> None:
        """Submit the links of a typed command, or those of the message that it replies to."""
        context = await self._contexts.from_message(ctx)
        arguments = parse_arguments(text)
        if not arguments.found and (replied := await find_replied_message(ctx.message)):
            arguments = attrs.evolve(arguments, found=collect_links(replied))
        await self._submit(context, arguments, platform)

    async def _submit(
        self, context: CommandContext, arguments: ParsedArguments, platform: PlatformCommand | None = None
    ) -> None:
        arguments = attrs.evolve(arguments, found=await self._message_links.resolve(arguments.found, context))
        await self._submitter.submit_all(context, DownloadCommand(arguments=arguments, platform=platform))

    @app_commands.command(name="dl", description=to_locale_str(DOWNLOAD.slash_summary))
    @describe_options(DOWNLOAD)
    @app_commands.choices(priority=_PRIORITIES, quality=_QUALITIES)
    async def slash(
        self,
        interaction: discord.Interaction[Any],
        url: str,
        priority: str | None = None,
        quality: Quality = "best",
        *,
        audio_only: bool = False,
        spoiler: bool = False,
        thread: bool = False,
    ) -> None:
        """Answer `/dl`."""
        context = await self._contexts.from_interaction(interaction)
        options = DownloadOptions(quality=quality, audio_only=audio_only, spoiler=spoiler, whole_thread=thread)
        await self._submit(context, parse_arguments(f"{url} {priority or ''}", options))

    async def menu(self, interaction: discord.Interaction[Any], message: discord.Message) -> None:
        """Submit the links of a message."""
        context = await self._contexts.from_interaction(interaction)
        await self._submit(context, ParsedArguments(found=collect_links(message)))
