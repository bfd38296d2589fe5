"""Makes text safe for a message: escapes what strangers wrote, and cuts what is too long.

Titles, file names and platforms' messages come from strangers. All of them pass through this module, so that they carry
no markdown, no mention and no hidden direction marks.
"""

import re
import unicodedata

from discord.utils import escape_markdown

MAX_MESSAGE_LENGTH = 2000
"""Characters that Discord accepts in a message of a bot."""

TITLE_LENGTH = 100
SENTENCE_LENGTH = 300

_BREAK = "\N{ZERO WIDTH SPACE}"
_JOINER = "\N{ZERO WIDTH JOINER}"
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co"})
_SPACES = re.compile(r"\s+")
_TIME = re.compile(r"(<t:\d{1,12}(?::[tTdDfFR])?>)")
_MENTION_START = re.compile(r"@|<|://")
_CODE_TICK = "\N{MODIFIER LETTER GRAVE ACCENT}"


def truncate(text: str, length: int) -> str:
    """Return `text` in at most `length` characters; an ellipsis stands for the part that is cut off."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def truncate_message(text: str) -> str:
    """Return `text` in as many characters as a message may have."""
    return truncate(text, MAX_MESSAGE_LENGTH)


def clean(text: str, length: int = TITLE_LENGTH) -> str:
    """Return `text` on one line, without invisible characters, cut to `length` characters."""
    # Cut before looking at each character: a title may have ten thousand.
    spaced = _SPACES.sub(" ", text[: 8 * length])
    shown = "".join(each for each in spaced if each == _JOINER or unicodedata.category(each) not in _HIDDEN)
    shown = _SPACES.sub(" ", shown).strip(f" {_JOINER}")
    return truncate(shown, length)


def escape_title(text: str, length: int = TITLE_LENGTH) -> str:
    """Return a title on one line, escaped so that Discord shows exactly its visible characters."""
    return _break_mentions(_escape_markup(clean(text, length)))


def escape_sentence(text: str, length: int = SENTENCE_LENGTH) -> str:
    """Return one of our sentences, which may quote strangers: code and timestamps stay, the rest is escaped."""
    shown = clean(text, length)
    parts = shown.split("`")
    if len(parts) % 2 == 0 or "``" in shown:
        # An unpaired backtick, or a code fence, would turn the rest of the message into code.
        return escape_title(text, length)
    return "`".join(_break_mentions(part) if odd % 2 else _escape_except_times(part) for odd, part in enumerate(parts))


def escape_code(text: str, length: int = TITLE_LENGTH) -> str:
    """Return `text` for a code block or between backticks."""
    return _break_mentions(clean(text, length).replace("`", _CODE_TICK))


def _escape_markup(text: str) -> str:
    # discord.py escapes a masked link as a whole and does not escape its inside, so masked links are broken first.
    return escape_markdown(text.replace("](", f"]{_BREAK}("), ignore_links=False)


def _escape_except_times(text: str) -> str:
    return "".join(
        part if odd % 2 else _break_mentions(_escape_markup(part)) for odd, part in enumerate(_TIME.split(text))
    )


def _break_mentions(text: str) -> str:
    # A zero-width space is invisible and breaks mentions, channel links, timestamps, emoji and addresses.
    return _MENTION_START.sub(lambda found: found[0][0] + _BREAK + found[0][1:], text)
