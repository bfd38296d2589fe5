"""Makes text from the internet harmless in a message: no markdown, no mention, no hidden direction, no flood.

Titles, file names and platforms' messages are written by strangers; every one of them passes here.
"""

import re
import unicodedata

from discord.utils import escape_markdown

TITLE_LENGTH = 100
SENTENCE_LENGTH = 300

_BREAK = "\N{ZERO WIDTH SPACE}"
_JOINER = "\N{ZERO WIDTH JOINER}"
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co"})
_SPACES = re.compile(r"\s+")
_TIME = re.compile(r"(<t:\d{1,12}(?::[tTdDfFR])?>)")
_LIVE = re.compile(r"@|<|://")
_CODE_TICK = "\N{MODIFIER LETTER GRAVE ACCENT}"


def clean(text: str, length: int = TITLE_LENGTH) -> str:
    """Return `text` on one line, without invisible characters, cut to `length` characters."""
    # Cut before looking at each character: a title may have ten thousand.
    spaced = _SPACES.sub(" ", text[: 8 * length])
    shown = "".join(each for each in spaced if each == _JOINER or unicodedata.category(each) not in _HIDDEN)
    shown = _SPACES.sub(" ", shown).strip(f" {_JOINER}")
    return shown if len(shown) <= length else shown[: length - 1].rstrip() + "…"


def escape_title(text: str, length: int = TITLE_LENGTH) -> str:
    """Return `text` so that Discord shows exactly its visible characters."""
    return _deaden(_escaped(clean(text, length)))


def escape_sentence(text: str, length: int = SENTENCE_LENGTH) -> str:
    """Return a sentence of ours, which may quote strangers: code and times stay, everything else is harmless."""
    shown = clean(text, length)
    parts = shown.split("`")
    if len(parts) % 2 == 0 or "``" in shown:
        # An unpaired tick, or a fence, would turn the rest of the message into code.
        return escape_title(text, length)
    return "`".join(_deaden(part) if odd % 2 else _but_times(part) for odd, part in enumerate(parts))


def escape_code(text: str, length: int = TITLE_LENGTH) -> str:
    """Return `text` for a code block or between ticks."""
    return _deaden(clean(text, length).replace("`", _CODE_TICK))


def _escaped(text: str) -> str:
    # discord.py escapes a masked link as a whole and leaves what is inside it alone: there must be none.
    return escape_markdown(text.replace("](", f"]{_BREAK}("), ignore_links=False)


def _but_times(text: str) -> str:
    return "".join(part if odd % 2 else _deaden(_escaped(part)) for odd, part in enumerate(_TIME.split(text)))


def _deaden(text: str) -> str:
    # A zero-width space keeps the looks and breaks mentions, channel links, timestamps, emoji and addresses.
    return _LIVE.sub(lambda found: found[0][0] + _BREAK + found[0][1:], text)
