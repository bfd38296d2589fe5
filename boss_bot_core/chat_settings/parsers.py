"""Parsers of the values that users type in chat.

The text of a parser's `ValueError` ends the sentence "`name` takes …", which is shown to the user.
"""

import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TypeVar

from boss_bot_core.domain.guilds import MAX_PREFIX_LENGTH, is_command_prefix
from boss_bot_core.domain.sizes import parse_megabytes
from boss_bot_core.domain.status import DownloadPriority

EnumT = TypeVar("EnumT", bound=StrEnum)

_YES = frozenset({"on", "yes", "true", "1"})
_NO = frozenset({"off", "no", "false", "0"})
_PRIORITIES = {each.name.lower(): each for each in DownloadPriority}
_MAX_MEGABYTES = 999_999
_LARGEST_ID = 2**63 - 1
_BARE_ID = r"\d{15,19}"


def parse_switch(text: str) -> bool:
    """Return whether the text switches something on."""
    if text.lower() not in _YES | _NO:
        raise ValueError("on or off")
    return text.lower() in _YES


def parse_priority(text: str) -> DownloadPriority:
    """Return the priority of that name."""
    if text.lower() not in _PRIORITIES:
        raise ValueError(join_words(_PRIORITIES))
    return _PRIORITIES[text.lower()]


def build_enum_parser(enum: type[EnumT]) -> Callable[[str], EnumT]:
    """Return a parser of the values of one enumeration."""

    def parse(text: str) -> EnumT:
        try:
            return enum(text.lower())
        except ValueError as exc:
            raise ValueError(join_words(enum)) from exc

    return parse


def build_number_parser(minimum: int, maximum: int) -> Callable[[str], int]:
    """Return a parser of whole numbers from `minimum` to `maximum`."""

    def parse(text: str) -> int:
        if not (
            text.isascii() and text.isdecimal() and len(text) <= len(str(maximum)) and minimum <= int(text) <= maximum
        ):
            raise ValueError(f"a whole number from {minimum} to {maximum}")
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
    """Return the id of a role, from a mention or a bare id."""
    return _parse_id(text, r"<@&(\d{1,19})>", "a role such as @Members, or its id")


def parse_channel(text: str) -> int:
    """Return the id of a channel, from a mention or a bare id."""
    return _parse_id(text, r"<#(\d{1,19})>", "a channel such as #media, or its id")


def parse_user(text: str) -> int:
    """Return the id of a user, from a mention or a bare id."""
    return _parse_id(text, r"<@!?(\d{1,19})>", "a person such as @Alice, or their id")


def parse_command_prefix(text: str) -> str:
    """Return a prefix of typed commands."""
    if not is_command_prefix(text):
        raise ValueError(f"up to {MAX_PREFIX_LENGTH} characters such as ! or b!, without spaces")
    return text


def join_words(words: Iterable[object]) -> str:
    """Return words as a list in prose: `a, b or c`."""
    *others, last = map(str, words)
    return f"{', '.join(others)} or {last}" if others else last


def _parse_id(text: str, mention: str, expected: str) -> int:
    found = re.fullmatch(f"{mention}|({_BARE_ID})", text, re.ASCII)
    number = int(found[1] or found[2]) if found else 0
    if not 0 < number <= _LARGEST_ID:
        raise ValueError(expected)
    return number
