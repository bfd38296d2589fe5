"""The languages that the bot speaks in Discord."""

from collections.abc import Mapping
from types import MappingProxyType

ENGLISH = "en"
"""The language of the code, which needs no catalogue."""

LANGUAGES: Mapping[str, str] = MappingProxyType({ENGLISH: "English", "de": "Deutsch"})
"""The languages with a complete catalogue, by their code, each with its own name."""


def match_language(locale: str) -> str | None:
    """Return the language for a locale such as `de`, `pt-BR` or `es-419`, or None if the bot does not speak it."""
    exact = locale.replace("-", "_")
    spoken, _, _ = exact.partition("_")
    similar = (code for code in LANGUAGES if code.partition("_")[0] == spoken)
    return exact if exact in LANGUAGES else next(similar, None)
