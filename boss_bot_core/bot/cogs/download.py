"""`$dl` and every way to it: the platforms' own commands, `/dl`, and the menu of a message."""

from typing import Any, get_args

import discord
from discord import app_commands
from discord.ext import commands

from boss_bot_core.bot.cogs._platform_commands import add_commands
from boss_bot_core.bot.context.arguments import (
    PRIORITIES,
    DownloadCommand,
    PlatformCommand,
    linkable_text,
    parse_arguments,
    replied_text,
)
from boss_bot_core.bot.context.factory import ContextFactory
from boss_bot_core.bot.exceptions import NoLinkError
from boss_bot_core.bot.help.command_help import build_help_extras
from boss_bot_core.bot.submission import DownloadSubmitter
from boss_bot_core.domain.link import DownloadOptions, Quality
from boss_bot_core.plugin.matching import Platform
from boss_bot_core.routing import MAX_LINKS

MENU = "Download media"

_PRIORITIES = [app_commands.Choice(name=name, value=name) for name in PRIORITIES]
_QUALITIES = [app_commands.Choice(name=text, value=text) for text in get_args(Quality)]


class DownloadCog(commands.Cog, name="Downloads"):
    """Asks the clerk."""

    def __init__(
        self, bot: commands.Bot, contexts: ContextFactory, clerk: DownloadSubmitter, platforms: dict[str, Platform]
    ) -> None:
        self._bot = bot
        self._contexts = contexts
        self._clerk = clerk
        self._platforms = platforms
        self._added: list[str] = []
        self._menu = app_commands.ContextMenu(name=MENU, callback=self.menu)

    async def cog_load(self) -> None:
        """Add the platforms' commands and the menu."""
        # discord.py adds the cog's own commands only after this.
        own = {command.name for command in self.get_commands()}
        self._added = add_commands(self._bot, self._platforms, self.ask, own)
        self._bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        """Take them away."""
        for alias in self._added:
            self._bot.remove_command(alias)
        self._bot.tree.remove_command(MENU, type=discord.AppCommandType.message)

    @commands.command(
        name="dl",
        help="Download from any supported site",
        usage="<url…> [low|normal|high]",
        extras=build_help_extras(
            examples=("https://example.com/clip.mp4", "https://example.com/clip.mp4 high"),
            notes=(
                f"Up to {MAX_LINKS} links in one message",
                "As a reply without a link, it takes the links of that message",
                f"So does “{MENU}” in a message's menu, under Apps",
                "/dl also offers quality, sound only, spoiler and a whole thread",
            ),
            shows_limit=True,
        ),
    )
    async def typed(self, ctx: commands.Context[Any], *, text: str = "") -> None:
        """Answer `$dl`."""
        await self.ask(ctx, text, None)

    async def ask(self, ctx: commands.Context[Any], text: str, platform: PlatformCommand | None) -> None:
        """Answer any typed download command."""
        context = await self._contexts.from_message(ctx)
        request = parse_arguments(text)
        if not request.links:
            request = request.with_links_of(await replied_text(ctx.message))
        await self._clerk.submit_all(context, DownloadCommand(arguments=request, platform=platform))

    @app_commands.command(name="dl")
    @app_commands.describe(
        url="The link, or several",
        priority="How urgent",
        quality="Tallest video, in lines",
        audio_only="Only the sound",
        spoiler="Hide it behind a spoiler",
        thread="Also the author's other posts of the thread",
    )
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
        """Download the media behind a link into this channel."""
        context = await self._contexts.from_interaction(interaction)
        request = parse_arguments(f"{url} {priority or ''}")
        options = DownloadOptions(quality=quality, audio_only=audio_only, spoiler=spoiler, whole_thread=thread)
        await self._clerk.submit_all(context, DownloadCommand(arguments=request, options=options))

    async def menu(self, interaction: discord.Interaction[Any], message: discord.Message) -> None:
        """Download what a message links to."""
        context = await self._contexts.from_interaction(interaction)
        request = parse_arguments("").with_links_of(linkable_text(message))
        if not request.links:
            raise NoLinkError
        await self._clerk.submit_all(context, DownloadCommand(arguments=request))
