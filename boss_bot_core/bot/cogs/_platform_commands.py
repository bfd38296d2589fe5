"""The platforms' own commands, made from what their plugins say: the bot itself names no platform."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Any

from discord.ext import commands
from loguru import logger

from boss_bot_core.bot.context.arguments import PlatformCommand
from boss_bot_core.bot.help.command_help import build_help_extras
from boss_bot_core.plugin.matching import Platform

SubmitHandler = Callable[[commands.Context[Any], str, PlatformCommand], Awaitable[None]]


def add_commands(
    bot: commands.Bot, platforms: Mapping[str, Platform], ask: SubmitHandler, reserved: Collection[str]
) -> list[str]:
    """Give `bot` each platform's command, and return their names; none takes the name of another command.

    Args:
        bot: Where they are added.
        platforms: By plugin.
        ask: What every one of them does.
        reserved: Names that are about to be used.
    """
    added = []
    for plugin, platform in platforms.items():
        if platform.alias is None:
            continue
        if platform.alias.lower() in reserved or platform.alias in bot.all_commands:
            logger.warning("Plugin {} gets no command {}: there is one already.", plugin, platform.alias)
            continue
        example = _examples(platform)[0]
        command = PlatformCommand(plugin=plugin, alias=platform.alias, title=platform.title, example=example)
        bot.add_command(build_platform_command(platform, command, ask))
        added.append(platform.alias)
    return added


def build_platform_command(
    platform: Platform, command: PlatformCommand, ask: SubmitHandler
) -> commands.Command[Any, ..., Any]:
    """Return the command that takes this platform's links only."""

    async def typed(ctx: commands.Context[Any], *, text: str = "") -> None:
        await ask(ctx, text, command)

    first, *others = _examples(platform)
    return commands.Command(
        typed,
        name=command.alias,
        help=platform.description,
        usage="<url> [priority]",
        extras=build_help_extras(examples=(first, f"{first} high", *others), notes=platform.notes, shows_limit=True),
    )


def _examples(platform: Platform) -> tuple[str, ...]:
    return platform.examples or ("https://…",)
