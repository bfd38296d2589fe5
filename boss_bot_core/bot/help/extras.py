"""What a command says of itself beyond discord.py's own fields: carried in the command's `extras`."""

from typing import Any

from discord.ext import commands

from boss_bot_core.bot.help.page import HelpPage

_KEY = "page"


def about(*, examples: tuple[str, ...] = (), notes: tuple[str, ...] = (), shows_limit: bool = False) -> dict[str, Any]:
    """Return the `extras` of a command.

    Args:
        examples: What stands behind the command in examples.
        notes: Lines for help.
        shows_limit: Whether help shows the place's upload limit.
    """
    return {_KEY: {"examples": examples, "notes": notes, "shows_limit": shows_limit}}


def page_of(command: commands.Command[Any, ..., Any]) -> HelpPage:
    """Return a command's page."""
    return HelpPage(
        name=command.qualified_name,
        description=command.help or "",
        arguments=command.usage or "",
        **command.extras.get(_KEY, {}),
    )
