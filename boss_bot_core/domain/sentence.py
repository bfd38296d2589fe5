"""An English sentence that remembers its template and its values, so that it can be translated where it is read.

The core knows no language but English. It writes a sentence once: `Sentence("The queue is full ({count}).", count=50)`.
Logs, command line and database have its English text, and the bot finds the translation by the template.
"""

from collections.abc import Mapping
from typing import Self, TypeAlias

from boss_bot_core.domain.sizes import split_limit, split_size


class ByteSize(float):
    """A size in bytes that stands in a sentence, where each language writes it in its own way."""

    def __str__(self) -> str:
        return " ".join(self.split())

    def __format__(self, format_spec: str, /) -> str:
        return str(self)

    def split(self) -> tuple[str, str]:
        """Return the number in English, and the unit."""
        return split_size(self)


class ByteLimit(ByteSize):
    """A size that is a limit, as users know it: `20 MB`, although a part of it is reserved."""

    def split(self) -> tuple[str, str]:
        """Return the number in English, and the unit."""
        return split_limit(self)


SentenceValue: TypeAlias = str | int | float
"""What may stand in a placeholder: a text, another `Sentence`, a number, or a `ByteSize`."""


class Sentence(str):
    """An English sentence; everywhere but in a translation it is this text and nothing more.

    Args:
        template: The sentence with placeholders, `{name}`; a literal, because the catalogues are made from the code.
        values: What stands in the placeholders.

    Attributes:
        template: The sentence with placeholders.
        values: What stands in the placeholders.
    """

    __slots__ = ("template", "values")

    template: str
    values: Mapping[str, SentenceValue]

    def __new__(cls, template: str, /, **values: SentenceValue) -> Self:
        """Fill in the placeholders."""
        return cls.restore(template.format(**values) if values else template, template, values)

    @classmethod
    def restore(cls, text: str, template: str, values: Mapping[str, SentenceValue]) -> Self:
        """Return a sentence that was stored or sent, without filling in the placeholders of a strange template."""
        sentence = str.__new__(cls, text)
        sentence.template, sentence.values = template, values
        return sentence
