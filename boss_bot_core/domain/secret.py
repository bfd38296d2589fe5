"""`Secret`: a text that is never shown."""

MIN_SECRET_LENGTH = 6
"""Shorter texts occur inside too many words to be hidden everywhere, and no real secret is that short."""


class Secret:
    """A text that is never shown: its `str` and its `repr` hide it, and the bot removes it from logs and messages."""

    def __init__(self, text: str) -> None:
        self._text = text

    def get_secret_value(self) -> str:
        """Return the text."""
        return self._text

    def __repr__(self) -> str:
        return "Secret('***')"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)
