"""Attaches the help of commands to discord.py's objects: of typed commands with all their pages, of slash commands."""

from collections.abc import Callable
from typing import Any, TypeVar

from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from boss_bot_core.bot.language import LazyText
from boss_bot_core.bot.texts.help import CommandHelp

_KEY = "boss_bot_help"


def help_extras(command_help: CommandHelp) -> dict[str, Any]:
    """Return the `extras` with which a command carries its help."""
    return {_KEY: command_help}


def read_help(command: commands.Command[Any, ..., Any]) -> CommandHelp:
    """Return the help of a command, also of one that was added without this module."""
    attached = command.extras.get(_KEY)
    if isinstance(attached, CommandHelp):
        return attached
    return CommandHelp(summary=command.help or "", usage=command.usage or "")


CommandT = TypeVar("CommandT")


def describe_options(command_help: CommandHelp) -> Callable[[CommandT], CommandT]:
    """Return the decorator that describes the options of a slash command, for every language."""
    return app_commands.describe(**{name: to_locale_str(text) for name, text in command_help.options.items()})


def to_locale_str(text: LazyText | str) -> locale_str:
    """Return a text of the list of commands, which discord.py lets the tree's translator translate."""
    return locale_str(text.message if isinstance(text, LazyText) else text)
