"""Every text of the bot that a person reads in Discord is marked for translation, where the extraction finds it."""

from pathlib import Path

import pytest

from tests.architecture.sources import CORE, place
from tests.catalogues.sentences import bot_modules, marked, marked_in_format_strings, unmarked
from tests.catalogues.tool import extract

NOT_IN_DISCORD = {"bot/startup.py": "the operator reads them in a terminal, before the bot is in Discord"}
"""Modules whose texts nobody reads in Discord."""

NOT_TRANSLATED = {
    "/dl or {}dl with a link": "the bot's status is one text for everybody",
    "notifications verbose": "typed as it is, in every language",
    "mention off": "typed as it is, in every language",
    "premium: on": "the setting as it is typed",
    "`{}dlh sites`": "a command",
    "`{}sync here`": "a command",
    "`{}dls help`": "a command",
    "`{}dls <setting> <value>`": "a command",
    "https://…": "an address",
    "Attempting a reconnect in ": "a line of the log",
    "No connection to Discord's gateway: %s. The next attempt follows in %.1f s or later.": "a line of the log",
    "Guild": "Discord's name of a permission, in its English form",
    "Server": "Discord's name of a permission, in its English form",
}
"""Texts that look like prose."""


def is_cog_name(path: Path, text: str) -> bool:
    """Return whether a text is the name of a cog, which discord.py keeps for itself."""
    return path.parent.name == "cogs" and f'commands.Cog, name="{text}"' in path.read_text()


def test_every_text_of_the_bot_is_marked() -> None:
    found = [
        f"{place(path, line)} {text!r}"
        for path in bot_modules()
        if str(path.relative_to(CORE)) not in NOT_IN_DISCORD
        for text, line in unmarked(path)
        if text not in NOT_TRANSLATED and not is_cog_name(path, text)
    ]
    assert found == []


def test_every_exception_is_needed() -> None:
    found = {text for path in bot_modules() for text, _ in unmarked(path)}
    assert NOT_TRANSLATED.keys() - found == set()


def test_the_extraction_finds_every_marked_text() -> None:
    extracted = {form for entry in extract() for form in ([entry.id] if isinstance(entry.id, str) else entry.id)}
    missing = [f"{place(path, line)} {text!r}" for path in bot_modules() for text, line in marked(path)]
    assert [each for each in missing if each.split(" ", 1)[1].strip() not in map(repr, extracted)] == []


def test_no_text_is_marked_inside_a_format_string() -> None:
    """Before Python 3.12 such a string is one token, so that the extraction would depend on the version."""
    assert [place(path, line) for path in bot_modules() for line in marked_in_format_strings(path)] == []


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('reply("No such thing.")', ["No such thing."]),
        ('reply(f"{count} files")', []),
        ('reply(f"There are {count} files")', ["There are {} files"]),
        ('reply(_("No such thing."))', []),
        ('logger.info("No such thing.")', []),
        ('"""No such thing."""', []),
        ('reply("no_such_thing")', []),
    ],
)
def test_what_counts_as_an_unmarked_text(code: str, expected: list[str], tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(code)
    assert [text for text, _ in unmarked(module)] == expected
