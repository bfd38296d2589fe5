"""The languages that the bot speaks in Discord."""

from collections.abc import Mapping
from types import MappingProxyType

ENGLISH = "en"
"""The language of the code, which needs no catalogue."""

LANGUAGES: Mapping[str, str] = MappingProxyType({ENGLISH: "English", "de": "Deutsch"})
"""The languages with a complete catalogue, by their code, each with its own name."""


AUTO = "auto"
"""The typed word for the language that Discord tells."""


def match_language(locale: str) -> str | None:
    """Return the language for a locale such as `de`, `pt-BR` or `es-419`, or None if the bot does not speak it."""
    exact = locale.replace("-", "_")
    spoken, _, _ = exact.partition("_")
    similar = (code for code in LANGUAGES if code.partition("_")[0] == spoken)
    return exact if exact in LANGUAGES else next(similar, None)


def parse_language(text: str) -> str | None:
    """Return the language of a typed code such as `de` or `pt-BR`, or None for `auto`.

    Raises:
        ValueError: The bot does not speak it; the text of the error lists what it accepts.
    """
    if text.lower() == AUTO:
        return None
    by_code = {code.lower(): code for code in LANGUAGES}
    if (code := by_code.get(text.lower().replace("-", "_"))) is None:
        raise ValueError(f"{AUTO}, {', '.join(LANGUAGES)}")
    return code
