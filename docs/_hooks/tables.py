"""Tables that the manual takes out of the code, so that they cannot grow stale: settings, error codes, states.

A page asks for one with a line of its own: `<!-- table: settings -->`.
"""

import re
from collections.abc import Iterable

from boss_bot_core import errors
from boss_bot_core.domain.status import TRANSITIONS
from boss_bot_core.errors import DownloadFailedError
from boss_bot_core.settings import SettingRow, describe_settings

TITLES = {"bot": "The bot", "download": "One download"}
"""Titles of groups of settings whose own name would not do."""

_REQUEST = re.compile(r"^<!-- table: (?P<name>\w+) -->$", re.MULTILINE)


def on_page_markdown(markdown: str, **_page: object) -> str:
    """Put tables where the page asks for them; MkDocs calls this for every page.

    Raises:
        KeyError: There is no such table.
    """
    return _REQUEST.sub(lambda found: TABLES[found["name"]](), markdown)


def settings_tables() -> str:
    """Return a table of settings for each group, the default being what a fresh install uses."""
    rows = describe_settings()
    parts = []
    for group in dict.fromkeys(row.group for row in rows):
        table = _table(
            ("Setting", "Environment", "Default", "What it does"),
            (_setting_cells(row) for row in rows if row.group == group),
        )
        parts.append(f"## {TITLES.get(group, group.capitalize())}\n\n{table}")
    return "\n\n".join(parts)


def error_table() -> str:
    """Return the table of error codes."""
    known = sorted(failures(), key=lambda cls: cls.code.value)
    return _table(
        ("Code", "What it means", "Tried again by itself", "Next plugin tried", "What the person is told to do"),
        (
            (f"`{cls.code}`", _meaning(cls), _yes(cls.retryable), _yes(cls.try_next), cls.advice.replace("|", "\\|"))
            for cls in known
        ),
    )


def transition_table() -> str:
    """Return the table of states and what may follow each."""
    rows = ((f"`{state}`", _states(following)) for state, following in TRANSITIONS.items())
    return _table(("State", "May become"), rows)


def failures() -> list[type[DownloadFailedError]]:
    """Return every way in which a download can end without its files."""
    found = (getattr(errors, name) for name in errors.__all__)
    classes = [cls for cls in found if isinstance(cls, type) and issubclass(cls, DownloadFailedError)]
    return [cls for cls in classes if cls is not DownloadFailedError]


def _setting_cells(row: SettingRow) -> tuple[str, ...]:
    default = f"`{row.default}`" if row.default else "none"
    return f"`{row.name}`", f"`{row.env}`", default, row.help


def _meaning(cls: type[DownloadFailedError]) -> str:
    return (cls.__doc__ or "").partition("\n")[0]


def _states(states: Iterable[str]) -> str:
    return ", ".join(f"`{state}`" for state in sorted(states)) or "nothing else"


def _yes(value: bool) -> str:  # noqa: FBT001 - a cell's only content
    return "yes" if value else "no"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


TABLES = {"settings": settings_tables, "errors": error_table, "transitions": transition_table}
