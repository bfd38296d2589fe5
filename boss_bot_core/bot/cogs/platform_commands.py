"""The platforms' own commands, made from what their plugins say: the bot itself names no platform."""

from collections.abc import Awaitable, Callable
from typing import Any

from discord.ext import commands

from boss_bot_core.bot.asked import PlatformCommand
from boss_bot_core.bot.help.extras import about
from boss_bot_core.plugin.matching import Platform

Ask = Callable[[commands.Context[Any], str, PlatformCommand], Awaitable[None]]


def platform_command(platform: Platform, command: PlatformCommand, ask: Ask) -> commands.Command[Any, ..., Any]:
    """Return the command that takes this platform's links only."""

    async def typed(ctx: commands.Context[Any], *, text: str = "") -> None:
        await ask(ctx, text, command)

    first, *others = platform.examples or ("https://…",)
    return commands.Command(
        typed,
        name=command.alias,
        help=platform.description,
        usage="<url> [priority]",
        extras=about(examples=(first, f"{first} high", *others), notes=platform.notes, shows_limit=True),
    )
