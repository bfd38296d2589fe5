"""The generated parts of the manual's pages, which are committed so that the pages are complete as files.

A part stands between two lines of its page: `<!-- generated: NAME -->` and `<!-- end: NAME -->`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from docs.generator.reference import build_list, build_reference
from docs.generator.tables import (
    build_error_table,
    build_plugin_settings_table,
    build_settings_tables,
    build_transition_table,
)

DOCS: Final = Path(__file__).parents[1]

BUILDERS: Final[Mapping[str, Callable[[], str]]] = {
    "settings": build_settings_tables,
    "plugin_settings": build_plugin_settings_table,
    "errors": build_error_table,
    "transitions": build_transition_table,
    "values": partial(build_reference, "boss_bot_core.plugin"),
    "gallerydl": partial(build_list, "boss_bot_gallerydl.engine"),
    "ytdlp": partial(build_list, "boss_bot_ytdlp.engine"),
}
"""A function for each part."""

_PART: Final = re.compile(
    r"(?P<start>^<!-- generated: (?P<name>\w+) -->\n).*?(?P<end>^<!-- end: (?P=name) -->$)", re.MULTILINE | re.DOTALL
)


def render_pages() -> Iterator[tuple[Path, str]]:
    """Yield every page with its up-to-date text.

    Raises:
        KeyError: A page asks for a part that does not exist.
    """
    for path in sorted(DOCS.rglob("*.md")):
        yield path, render(path.read_text(encoding="utf-8"))


def render(text: str) -> str:
    """Return a page's text with its generated parts made anew."""
    return _PART.sub(lambda found: f"{found['start']}\n{BUILDERS[found['name']]()}\n\n{found['end']}", text)
