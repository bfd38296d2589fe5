"""The fenced blocks of the project's own documents, for the tests that run or check them."""

import re
from collections.abc import Iterator
from pathlib import Path

import attrs

ROOT = Path(__file__).parents[2]
DOCUMENTS = (
    *sorted(ROOT.glob("docs/**/*.md")),
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md")),
    *sorted(ROOT.glob("plugins/*/README.md")),
)
_FENCE = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$', re.MULTILINE | re.DOTALL)


@attrs.frozen
class Snippet:
    """A fenced block.

    Attributes:
        place: Document and line.
        language: The word behind the fence.
        title: The file that it shows, or None.
        text: What it says.
    """

    place: str
    language: str
    title: str | None
    text: str

    def __str__(self) -> str:
        return self.place

    @property
    def commands(self) -> Iterator[tuple[str, list[str]]]:
        """A console block's commands, each with the lines of output that are shown below it."""
        command, shown = "", list[str]()
        for line in self.text.splitlines():
            if not line.startswith("$ "):
                shown.append(line)
                continue
            if command:
                yield command, shown
            command, shown = line.removeprefix("$ "), []
        yield command, shown


def snippets(language: str) -> list[Snippet]:
    """Return every block in a language."""
    return [snippet for path in DOCUMENTS for snippet in _snippets_of(path) if snippet.language == language]


def _snippets_of(path: Path) -> Iterator[Snippet]:
    text = path.read_text(encoding="utf-8")
    for found in _FENCE.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        place = f"{path.relative_to(ROOT)}:{line}"
        yield Snippet(place, found[1], found[2], found[3])
