"""Extracts the sentences from the code, brings the catalogues up to date with them, and compiles the catalogues."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import pofile
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo

from boss_bot_core import __version__
from boss_bot_core.bot.language import DOMAIN, LOCALES
from tests.architecture.sources import CORE, ROOT

KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "LazyText": None,
    "Sentence": None,
}
"""The names whose calls mark a sentence, with the arguments that are sentences."""

COMMENT = "Translators:"
"""Begins a comment in the code that translators read."""

WIDTH = 100


def extract() -> Catalog:
    """Return the sentences that the code marks, without translations."""
    template = Catalog(project="boss-bot-core", version=__version__, copyright_holder="the authors of Boss-Bot")
    found = extract_from_dir(CORE, [("**.py", "python")], keywords=KEYWORDS, comment_tags=[COMMENT])
    for filename, line, message, comments, context in found:
        template.add(message, None, [(f"boss_bot_core/{filename}", line)], auto_comments=comments, context=context)
    return template


def read_catalogue(path: Path) -> Catalog:
    """Return the catalogue of a `.po` or `.pot` file."""
    with path.open("rb") as file:
        return pofile.read_po(file, domain=DOMAIN, abort_invalid=True)


def template_path() -> Path:
    """Return where the sentences without translations stand."""
    return LOCALES / f"{DOMAIN}.pot"


def catalogue_paths() -> Iterator[tuple[str, Path]]:
    """Yield each language that has a catalogue, and its `.po` file."""
    for path in sorted(LOCALES.glob(f"*/LC_MESSAGES/{DOMAIN}.po")):
        yield path.parents[1].name, path


def compile_catalogue(catalogue: Catalog) -> bytes:
    """Return a catalogue as a `.mo` file."""
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    return compiled.getvalue()


def update_all() -> list[Path]:
    """Bring every file up to date with the code and return those that changed."""
    template = extract()
    written = {template_path(): to_text(template)}
    for language, path in catalogue_paths():
        catalogue = read_catalogue(path)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        catalogue.locale = language
        written[path] = to_text(catalogue)
        written[path.with_suffix(".mo")] = compile_catalogue(catalogue)
    changed = [path for path, content in written.items() if not is_written(path, content)]
    for path in changed:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written[path])
    return [path.relative_to(ROOT) for path in changed]


def to_text(catalogue: Catalog) -> bytes:
    """Return a catalogue as the text that a file has, without line numbers, which would change with every edit."""
    text = BytesIO()
    pofile.write_po(text, catalogue, width=WIDTH, sort_by_file=True, include_lineno=False)
    return text.getvalue()


def is_written(path: Path, content: bytes) -> bool:
    """Return whether a file has this content; the day of its last change does not count."""
    return path.exists() and without_dates(path.read_bytes()) == without_dates(content)


def without_dates(content: bytes) -> list[bytes]:
    """Return the lines that tell neither a time nor the version of Babel."""
    return [line for line in content.splitlines() if b"-Date: " not in line and b"Generated-By: " not in line]
