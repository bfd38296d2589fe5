"""Attaches the help of a typed command to discord.py's command object, and reads it back."""

from typing import Any

from discord.ext import commands

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
