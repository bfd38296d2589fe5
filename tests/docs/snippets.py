"""Finds the fenced code blocks of the project's documents, for the tests that run or check them."""

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
        location: Path of the document, and the line.
        language: The language after the opening fence.
        title: Name of the file that the block shows, or None.
        text: Content of the block.
    """

    location: str
    language: str
    title: str | None
    text: str

    def __str__(self) -> str:
        return self.location

    @property
    def commands(self) -> Iterator[tuple[str, list[str]]]:
        """The commands of a console block, each with its lines of output."""
        command, output = "", list[str]()
        for line in self.text.splitlines():
            if not line.startswith("$ "):
                output.append(line)
                continue
            if command:
                yield command, output
            command, output = line.removeprefix("$ "), []
        yield command, output


def find_snippets(language: str) -> list[Snippet]:
    """Return every block with a language."""
    return [snippet for path in DOCUMENTS for snippet in _read_snippets(path) if snippet.language == language]


def _read_snippets(path: Path) -> Iterator[Snippet]:
    text = path.read_text(encoding="utf-8")
    for found in _FENCE.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        location = f"{path.relative_to(ROOT)}:{line}"
        yield Snippet(location, found[1], found[2], found[3])
