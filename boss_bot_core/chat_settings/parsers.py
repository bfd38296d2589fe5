"""What people type as a value, turned into a value.

The text of a parser's `ValueError` ends the sentence "`name` takes …", which the person reads.
"""

import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TypeVar

from boss_bot_core.domain.sizes import parse_megabytes
from boss_bot_core.domain.status import DownloadPriority

WordT = TypeVar("WordT", bound=StrEnum)

_YES = frozenset({"on", "yes", "true", "1"})
_NO = frozenset({"off", "no", "false", "0"})
_PRIORITIES = {each.name.lower(): each for each in DownloadPriority}
_MAX_MEGABYTES = 999_999
_LARGEST_ID = 2**63 - 1
_BARE_ID = r"\d{15,19}"


def parse_switch(text: str) -> bool:
    """Return whether it is on."""
    if text.lower() not in _YES | _NO:
        raise ValueError("on or off")
    return text.lower() in _YES


def parse_priority(text: str) -> DownloadPriority:
    """Return the priority of that name."""
    if text.lower() not in _PRIORITIES:
        raise ValueError(join_words(_PRIORITIES))
    return _PRIORITIES[text.lower()]


def build_enum_parser(words: type[WordT]) -> Callable[[str], WordT]:
    """Return a parser of the words of one enumeration."""

    def parse(text: str) -> WordT:
        try:
            return words(text.lower())
        except ValueError as exc:
            raise ValueError(join_words(words)) from exc

    return parse


def build_number_parser(least: int, most: int) -> Callable[[str], int]:
    """Return a parser of whole numbers from `least` to `most`."""

    def parse(text: str) -> int:
        if not (text.isascii() and text.isdecimal() and len(text) <= len(str(most)) and least <= int(text) <= most):
            raise ValueError(f"a whole number from {least} to {most}")
        return int(text)

    return parse


def parse_file_size(text: str) -> int:
    """Return a file size in whole megabytes, written as in the configuration: `25`, `25MB` or `1GB`."""
    try:
        megabytes = parse_megabytes(text)
    except ValueError:
        megabytes = 0
    if not 0 < megabytes <= _MAX_MEGABYTES:
        raise ValueError("a size in megabytes such as 25")
    return megabytes


def parse_role(text: str) -> int:
    """Return a role's id."""
    return _parse_id(text, r"<@&(\d{1,19})>", "a role such as @Members, or its id")


def parse_channel(text: str) -> int:
    """Return a channel's id."""
    return _parse_id(text, r"<#(\d{1,19})>", "a channel such as #media, or its id")


def parse_user(text: str) -> int:
    """Return a person's id."""
    return _parse_id(text, r"<@!?(\d{1,19})>", "a person such as @Alice, or their id")


def join_words(words: Iterable[object]) -> str:
    """Return words as people list them: `a, b or c`."""
    *others, last = map(str, words)
    return f"{', '.join(others)} or {last}" if others else last


def _parse_id(text: str, mention: str, wanted: str) -> int:
    found = re.fullmatch(f"{mention}|({_BARE_ID})", text, re.ASCII)
    number = int(found[1] or found[2]) if found else 0
    if not 0 < number <= _LARGEST_ID:
        raise ValueError(wanted)
    return number
