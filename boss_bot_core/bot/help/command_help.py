"""One command's page of help, in the PRD's form: pure.

What a command says of itself beyond discord.py's own fields: carried in the command's `extras`.
"""

from typing import Any

import attrs
from discord.ext import commands

MAX_HELP_LENGTH = 1900
"""Characters of a page; Discord takes 2,000 in a message."""


@attrs.frozen(kw_only=True)
class HelpPage:
    """What help says of a command.

    Attributes:
        name: The command without its prefix.
        description: One line.
        arguments: What stands behind it: `<url> [priority]`.
        examples: What stands behind it in examples.
        notes: Lines.
        shows_limit: Whether the place's upload limit is one of the notes.
    """

    name: str
    description: str
    arguments: str = ""
    examples: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    shows_limit: bool = False

    def render(self, prefix: str, limit: str) -> str:
        """Return the page as a message.

        Args:
            prefix: What commands start with here.
            limit: The place's largest file, as text.
        """
        command = prefix + self.name
        lines = [f"{command}: {self.description}", f"Usage: {command} {self.arguments}".rstrip()]
        if self.examples:
            lines += ["", "Examples:", *(f"  {command} {example}".rstrip() for example in self.examples)]
        notes = [*self.notes, *([f"Max file size: {limit}"] if self.shows_limit else [])]
        if notes:
            lines += ["", "Notes:", *(f"- {note}" for note in notes)]
        return code_block(lines)


def code_block(lines: list[str]) -> str:
    """Return lines as a block of code: nothing in it is a link, a mention or markup."""
    text = "\n".join(lines).replace("`", "'")
    return f"```\n{text[:MAX_HELP_LENGTH]}\n```"


_KEY = "page"


def build_help_extras(
    *, examples: tuple[str, ...] = (), notes: tuple[str, ...] = (), shows_limit: bool = False
) -> dict[str, Any]:
    """Return the `extras` of a command.

    Args:
        examples: What stands behind the command in examples.
        notes: Lines for help.
        shows_limit: Whether help shows the place's upload limit.
    """
    return {_KEY: {"examples": examples, "notes": notes, "shows_limit": shows_limit}}


def build_page(command: commands.Command[Any, ..., Any]) -> HelpPage:
    """Return a command's page."""
    return HelpPage(
        name=command.qualified_name,
        description=command.help or "",
        arguments=command.usage or "",
        **command.extras.get(_KEY, {}),
    )
