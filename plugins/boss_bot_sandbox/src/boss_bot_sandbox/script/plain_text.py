"""Converts Discord's markdown to plain text for a terminal.

Texts of users and platforms may contain control characters, which a terminal would execute; they are removed.
"""

import re
import time
from collections.abc import Callable, Mapping
from typing import Final

_TIME: Final = re.compile(r"<t:(-?\d{1,13})(?::[tTdDfFRsS])?>")
_USER_MENTION: Final = re.compile(r"<@!?(\d+)>")
_CHANNEL_MENTION: Final = re.compile(r"<#(\d+)>")
_FENCE: Final = re.compile(r"```(?:\w+\n)?\n?(.*?)\n?```", re.DOTALL)
_MARKS: Final = re.compile(r"(?<!\\)(\*\*|__|~~|\|\||`)")
_ESCAPED: Final = re.compile(r"\\([^A-Za-z0-9\s])")
_HEADS: Final = re.compile(r"^(?:-#|#{1,3}) ", re.MULTILINE)
_LINK: Final = re.compile(r"\[([^\]]+)\]\(<?(https?://[^\s)>]+)>?\)")
_ALLOWED: Final = frozenset("\n\N{ZERO WIDTH JOINER}")
"""Not printable in the sense of Python, but needed: the end of a line, and the joiner inside composed emoji."""


def to_plain_text(text: str, names: Mapping[str, str], now_s: Callable[[], float] = time.time) -> str:
    """Return ``text`` without markdown and control characters.

    Args:
        text: The text of a message.
        names: Display names of users and channels by id.
        now_s: Returns the current time in seconds since the epoch, for relative times such as "in 5 s".
    """
    pieces = _FENCE.split(text)
    # Every second piece is a code block, in which markdown has no meaning.
    shown = [piece if number % 2 else _strip_markdown(piece, names, now_s) for number, piece in enumerate(pieces)]
    return strip_control_characters("".join(shown))


def strip_control_characters(text: str) -> str:
    """Return ``text`` without control characters, except line feeds."""
    return "".join(sign for sign in text if sign in _ALLOWED or sign.isprintable())


def _strip_markdown(text: str, names: Mapping[str, str], now_s: Callable[[], float]) -> str:
    text = _TIME.sub(lambda found: _format_relative_time(int(found[1]) - now_s()), text)
    text = _USER_MENTION.sub(lambda found: "@" + names.get(found[1], "unknown"), text)
    text = _CHANNEL_MENTION.sub(lambda found: "#" + names.get(found[1], "unknown"), text)
    text = _MARKS.sub("", _HEADS.sub("", _LINK.sub(r"\1 (\2)", text)))
    return _ESCAPED.sub(r"\1", text)


def _format_relative_time(seconds: float) -> str:
    amount = f"{abs(seconds):.0f} s" if abs(seconds) < 90 else f"{abs(seconds) / 60:.0f} min"
    return f"in {amount}" if seconds >= 0 else f"{amount} ago"
