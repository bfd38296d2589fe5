"""The platforms' own commands, built from their plugins' descriptions: the bot itself names no platform."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Any

from discord.ext import commands
from loguru import logger

from boss_bot_core.bot.cogs._command_help import help_extras
from boss_bot_core.bot.context.download_command import PlatformCommand
from boss_bot_core.bot.texts.command_help import platform_examples, platform_help
from boss_bot_core.plugin.matching import Platform

SubmitHandler = Callable[[commands.Context[Any], str, PlatformCommand], Awaitable[None]]


def add_commands(
    bot: commands.Bot, platforms: Mapping[str, Platform], submit: SubmitHandler, reserved: Collection[str]
) -> list[str]:
    """Add each platform's command to `bot` and return their names. No command replaces another one of the same name.

    Args:
        bot: The bot.
        platforms: The platforms by plugin.
        submit: Called with the context, the arguments and the platform when a command is used.
        reserved: Names that are about to be used.
    """
    added = []
    for plugin, platform in platforms.items():
        if platform.alias is None:
            continue
        if platform.alias.lower() in reserved or platform.alias in bot.all_commands:
            logger.warning("Plugin {} gets no command {}: there is one already.", plugin, platform.alias)
            continue
        example = platform_examples(platform)[0]
        command = PlatformCommand(plugin=plugin, alias=platform.alias, title=platform.title, example=example)
        bot.add_command(build_platform_command(platform, command, submit))
        added.append(platform.alias)
    return added


def build_platform_command(
    platform: Platform, command: PlatformCommand, submit: SubmitHandler
) -> commands.Command[Any, ..., Any]:
    """Return the command that accepts links of this platform only."""

    async def typed(ctx: commands.Context[Any], *, text: str = "") -> None:
        await submit(ctx, text, command)

    return commands.Command(typed, name=command.alias, extras=help_extras(platform_help(platform)))
