"""One command's page of help, in the PRD's form: pure."""

import attrs

LONGEST = 1900
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
        return as_block(lines)


def as_block(lines: list[str]) -> str:
    """Return lines as a block of code: nothing in it is a link, a mention or markup."""
    text = "\n".join(lines).replace("`", "'")
    return f"```\n{text[:LONGEST]}\n```"
