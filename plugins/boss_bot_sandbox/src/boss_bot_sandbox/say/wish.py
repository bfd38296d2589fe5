"""What a text asks the bot for, a file or words: pure.

It exists apart because it decides, with what became of the text, whether a script went well.
"""

from typing import Final

_PREFIX: Final = "$"
_FOR_WORDS: Final = frozenset({"dlq", "dlc", "dls", "dlh", "health", "sync"})


def asks_for_file(text: str) -> bool:
    """Return whether only a file is a good answer: to every text but the commands that are answered with words."""
    command = next(iter(text.lower().split()), "")
    return command.removeprefix(_PREFIX) not in _FOR_WORDS
