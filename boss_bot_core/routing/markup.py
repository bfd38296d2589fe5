"""Finds the addresses in a text as Discord shows it: what is marked up, what is a spoiler, where an address ends.

Discord reads a text from left to right. So an address keeps the `**`, `~~` and `_` in it, and loses those that close
what was opened before it.
"""

import functools
import re
import unicodedata
from collections.abc import Iterator

import attrs


@attrs.frozen(kw_only=True)
class TextAddress:
    """An address as it stands in a text, perhaps with punctuation at its end.

    Attributes:
        text: The address, without markup.
        is_hidden: Whether it stands in a spoiler.
        is_whole: Whether it has its scheme; `x.com/a` has none.
    """

    text: str
    is_hidden: bool
    is_whole: bool


_WHOLE = r"https?://[^\s<>|`\\]+"
_SYNTAX = rf"""
      \\.
    | (?<!`)(?P<ticks>`++)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)
    | (?P<whole>{_WHOLE})
    | (?<![a-z0-9_@.:/%=?&\#+-])(?P<bare>(?:[a-z0-9-]+\.)+[a-z]{{2,24}}(?::\d+)?/[^\s<>|`\\]+)
    | \|\|(?P<spoiler>.+?)\|\|
    | (?P<mark>\*{{1,3}}(?!\*)|~~(?!~)|__(?!_))(?=\S)(?P<marked>.+?)(?P=mark)(?!\*)
    | (?<!\w)_(?P<slanted>[^\s_].*?)_(?!\w)
"""
"""What has a meaning in Discord's markup, in the order in which Discord tries it."""

_NEXT_ADDRESS = r"(?i)(?<=[^\W_]|[,;()])https?://"
"""A further address behind a letter, digit or comma of an address; behind `/` or `=` it belongs to the address."""

_UNSPACED = (
    r"\u0e00-\u0eff\u1100-\u11ff\u1780-\u17ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc"
    r"\U00020000-\U0003ffff"
)
"""The letters of languages that may put no space behind an address: Chinese, Japanese, Korean, Thai, Lao, Khmer."""

_SENTENCE = rf"(?i)(?<=[a-z0-9])[{_UNSPACED}]+(?![{_UNSPACED}/%=&_-]|\.\w)"
"""Such letters directly behind a latin one: `/status/1看看` ends at the 1, `/wiki/中文` and `cat猫.jpg` do not end."""

_MARK_AT_END = r"(?:\*\*|~~)[^\w/]*$"
"""A mark that nothing opened: the text was cut from a longer one."""

_WORD_DOTS = "·・"
"""Dots between the words of a name, which addresses contain."""


@functools.cache
def _compile_syntax() -> re.Pattern[str]:
    # A hundredth of a second, which a command with one whole link does not need.
    return re.compile(_SYNTAX, re.VERBOSE | re.DOTALL | re.IGNORECASE)


@functools.cache
def _compile_ends() -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, (_NEXT_ADDRESS, _SENTENCE, _MARK_AT_END)))


def is_whole_address(text: str) -> bool:
    """Return whether a text is one address with its scheme, and nothing else; needs no search of the text."""
    return re.fullmatch(_WHOLE, text, re.IGNORECASE) is not None


def find_addresses(text: str, *, hidden: bool = False) -> Iterator[TextAddress]:
    """Yield the addresses in `text`, in order.

    Args:
        text: A text in Discord's markup.
        hidden: Whether the whole text is a spoiler.
    """
    position = 0
    while found := _compile_syntax().search(text, position):
        position = found.end()
        kind = found.lastgroup
        if kind in {"whole", "bare"}:
            address = _cut(found[kind])
            position = found.start(kind) + len(address)
            yield TextAddress(text=address, is_hidden=hidden, is_whole=kind == "whole")
        elif kind is not None:
            # Code is searched as well: people put links between backticks to suppress the preview.
            yield from find_addresses(found[kind], hidden=hidden or kind == "spoiler")


def _cut(address: str) -> str:
    """Return the part of `address` before the text that follows it without a space."""
    ends = [following.start() for pattern in _compile_ends() if (following := pattern.search(address))]
    ends += [place for place, character in enumerate(address) if _is_separator(character)][:1]
    return address[: min(ends, default=len(address))]


def _is_separator(character: str) -> bool:
    # Outside of ASCII: punctuation, symbols such as emoji, spaces, and invisible marks.
    return not character.isascii() and unicodedata.category(character)[0] in "CPSZ" and character not in _WORD_DOTS
