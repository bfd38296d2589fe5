"""Translates the sentences of the core and of plugins, which are written in English."""

from boss_bot_core.bot.language import gettext
from boss_bot_core.bot.texts.units import format_split
from boss_bot_core.domain.sentence import ByteSize, Sentence, SentenceValue


def translate(text: str) -> str:
    """Return a text of the core or of a plugin in the language of the current task; English if it has no translation.

    A template that the catalogue does not have is never filled in: it may come from a worker or from another version.
    """
    if not isinstance(text, Sentence):
        return gettext(text)
    template = gettext(text.template)
    if template == text.template:
        return str(text)
    try:
        return template.format(**{name: _translate_value(value) for name, value in text.values.items()})
    except (LookupError, ValueError):
        return str(text)


def _translate_value(value: SentenceValue) -> SentenceValue:
    if isinstance(value, ByteSize):
        return format_split(*value.split())
    return translate(value) if isinstance(value, Sentence) else value
