"""Translation of sentences into the language of the current task, from GNU gettext catalogues.

The English sentence is the key. A sentence is translated where it is used, never when a module is imported: that a task
speaks a language is decided at its edge, by an interaction or by a card.
"""

import gettext as gnu_gettext
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import attrs
from loguru import logger

from boss_bot_core.domain.languages import ENGLISH, LANGUAGES

DOMAIN = "boss_bot"
LOCALES = Path(__file__).with_name("locales")

HAS_BABEL = find_spec("babel") is not None
"""Whether numbers, sizes and lists can be written as each language does; without that the bot speaks English only."""

_current = ContextVar("language", default=ENGLISH)


def current_language() -> str:
    """Return the language of the current task."""
    return _current.get()


def set_language(language: str) -> None:
    """Speak a language for the rest of the current task, and in the tasks that it starts."""
    _current.set(language if HAS_BABEL else ENGLISH)


@contextmanager
def use_language(language: str) -> Iterator[None]:
    """Speak a language inside the block."""
    before = _current.set(language if HAS_BABEL else ENGLISH)
    try:
        yield
    finally:
        _current.reset(before)


def gettext(message: str) -> str:
    """Return a sentence in the language of the current task; English where its catalogue does not have it."""
    # The entry of the empty sentence is the head of a catalogue.
    return _load(_current.get()).gettext(message) if message else message


def gettext_noop(message: str) -> str:
    """Return a text as it is, and mark it for a translation elsewhere."""
    return message


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the form of a sentence for a number; it still has its placeholders, also that for the number."""
    return _load(_current.get()).ngettext(singular, plural, count)


@attrs.frozen
class LazyText:
    """A sentence of a module's constant: `str()` translates it, at each use.

    Attributes:
        message: The sentence in English.
        values: What stands in its placeholders.
    """

    message: str
    values: Mapping[str, object] = attrs.field(factory=dict)

    def __str__(self) -> str:
        return self.format()

    def format(self, **more: object) -> str:
        """Return the sentence in the language of the current task, with its placeholders filled in."""
        text, values = gettext(self.message), {**self.values, **more}
        return text.format(**values) if values else text


@cache
def _load(language: str) -> gnu_gettext.NullTranslations:
    return gnu_gettext.translation(DOMAIN, LOCALES, [language], fallback=True)


def warn_without_babel() -> None:
    """Tell the operator once, at the start, that the bot speaks English only."""
    if not HAS_BABEL:
        names = ", ".join(name for code, name in LANGUAGES.items() if code != ENGLISH)
        logger.bind(action="start").info(
            "The bot speaks English only: install boss-bot-core[languages] for {} as well.", names
        )
