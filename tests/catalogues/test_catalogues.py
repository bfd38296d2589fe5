"""The catalogues fit the code: up to date, complete, with the placeholders and forms of the sentences."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from boss_bot_core.bot.language import LOCALES
from boss_bot_core.domain.languages import ENGLISH, LANGUAGES
from tests.catalogues.tool import (
    catalogue_paths,
    compile_catalogue,
    extract,
    is_written,
    read_catalogue,
    template_path,
    to_text,
)

CATALOGUES = dict(catalogue_paths())
COMPLETE = sorted(LANGUAGES.keys() - {ENGLISH})

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
MARKUP = re.compile(r"\*\*|`|\|\||\n|^[^\w\s{(<“\"'/]+(?=\s)")
"""What a translation must have as often as the sentence: bold, code, spoilers, and the emoji at the beginning."""

every_catalogue = pytest.mark.parametrize("path", CATALOGUES.values(), ids=list(CATALOGUES))


def sentences(catalogue: Catalog) -> dict[str, Message]:
    """Return the entries without the head, by their English sentence."""
    return {forms(entry)[0]: entry for entry in catalogue if entry.id}


def forms(entry: Message) -> tuple[str, ...]:
    """Return the English forms of an entry."""
    return (entry.id,) if isinstance(entry.id, str) else tuple(entry.id)


def translations(entry: Message) -> tuple[str, ...]:
    """Return the translated forms of an entry, those that are missing as empty texts."""
    return (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ("",))


def translated(path: Path) -> Iterator[tuple[Message, str]]:
    for entry in sentences(read_catalogue(path)).values():
        yield from ((entry, text) for text in translations(entry) if text)


def test_the_template_has_the_sentences_of_the_code() -> None:
    assert is_written(template_path(), to_text(extract())), "uv run python -m tests.catalogues"


@every_catalogue
def test_a_catalogue_has_the_sentences_of_the_code(path: Path) -> None:
    found = {key: forms(entry) for key, entry in sentences(read_catalogue(path)).items()}
    assert found == {key: forms(entry) for key, entry in sentences(extract()).items()}


@every_catalogue
def test_a_catalogue_is_compiled(path: Path) -> None:
    assert is_written(path.with_suffix(".mo"), compile_catalogue(read_catalogue(path))), "as above"


def test_every_language_of_the_bot_has_a_catalogue() -> None:
    assert [language for language in COMPLETE if language not in CATALOGUES] == []


@pytest.mark.parametrize("language", COMPLETE)
def test_a_language_of_the_bot_is_complete(language: str) -> None:
    entries = sentences(read_catalogue(CATALOGUES[language]))
    assert [key for key, entry in entries.items() if entry.fuzzy or not all(translations(entry))] == []


@every_catalogue
def test_a_translation_has_the_placeholders_of_its_sentence(path: Path) -> None:
    wrong = [(entry.id, text) for entry, text in translated(path) if not has_placeholders(entry, text)]
    assert wrong == []


def has_placeholders(entry: Message, text: str) -> bool:
    """Return whether a translation names what its sentence names. A form for one may leave the number out."""
    expected = set().union(*(PLACEHOLDER.findall(form) for form in forms(entry)))
    found = set(PLACEHOLDER.findall(text))
    may_lack = {"count"} if len(forms(entry)) > 1 else set()
    return expected - may_lack <= found <= expected


@every_catalogue
def test_a_translation_has_the_markup_of_its_sentence(path: Path) -> None:
    wrong = [
        (entry.id, text)
        for entry, text in translated(path)
        if sorted(MARKUP.findall(text)) not in [sorted(MARKUP.findall(form)) for form in forms(entry)]
    ]
    assert wrong == []


@every_catalogue
def test_a_translation_has_as_many_forms_as_its_language_has_plurals(path: Path) -> None:
    catalogue = read_catalogue(path)
    plurals = [entry for entry in sentences(catalogue).values() if len(forms(entry)) > 1]
    assert plurals
    assert [entry.id for entry in plurals if len(translations(entry)) != catalogue.num_plurals] == []


def test_no_file_lies_beside_the_catalogues() -> None:
    expected = {template_path(), *(path.with_suffix(end) for path in CATALOGUES.values() for end in (".po", ".mo"))}
    assert {path for path in LOCALES.rglob("*") if path.is_file()} == expected
