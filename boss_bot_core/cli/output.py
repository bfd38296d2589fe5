"""What the commands print besides sentences: tables for people, and JSON for programs."""

import json
import os
from collections.abc import Iterable, Sequence
from typing import Annotated

import typer

from boss_bot_core.domain.sizes import format_size

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for use in programs.")]

_BAR_WIDTH = 30
_UNBOUNDED = 100_000
"""Width of an output without columns, such as a file; a table is only as wide as its content."""


def to_printable(text: str) -> str:
    """Return a line without control characters: names and messages come from sites, and a terminal executes them."""
    return "".join(character if character.isprintable() else "?" for character in text)


def print_json(value: object) -> None:
    """Print a value as JSON."""
    typer.echo(json.dumps(value, indent=2))


def print_bars(titles: tuple[str, str, str], rows: Sequence[tuple[str, int, int]]) -> None:
    """Print counts and sizes, with a bar for each size where a terminal shows them.

    Args:
        titles: The titles of the three columns.
        rows: A label, a count and a size in bytes.
    """
    from rich.bar import Bar  # noqa: PLC0415 - see below
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console, most = Console(), max(size for _, _, size in rows) or 1
    if not console.is_terminal:
        print_table(titles, [(label, str(count), format_size(size)) for label, count, size in rows])
        return
    table = Table(*titles, "")
    for label, count, size in rows:
        bar = Bar(most, 0, size, width=_BAR_WIDTH)
        table.add_row(Text(to_printable(label)), str(count), format_size(size), bar)
    console.print(table)


def print_table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table as wide as the terminal, or as `COLUMNS` says; elsewhere as wide as its content.

    A long cell continues on the next lines and is never cut, because people copy links, paths and values. The first
    column names the row and keeps its width. Cells are plain text: rich would read `[…]` in a link as markup.
    """
    # Most commands print no table, and importing rich takes as long as a small download.
    from rich.console import Console  # noqa: PLC0415 - see above
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table()
    for number, title in enumerate(titles):
        table.add_column(title, overflow="fold", no_wrap=number == 0)
    for row in rows:
        table.add_row(*(Text("\n".join(map(to_printable, cell.split("\n")))) for cell in row))
    is_bounded = Console().is_terminal or os.environ.get("COLUMNS", "").isdecimal()
    Console(width=None if is_bounded else _UNBOUNDED).print(table)
