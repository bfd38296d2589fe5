"""`LazyPattern`: a regular expression that is compiled for the first text that has what every match contains.

An engine has thousands of patterns, and most addresses have the required text of a few of them. Compiling all takes as
long as importing the engine's code.
"""

import re
from functools import cached_property
from typing import Any, Final

_SET: Final = r"\[\^?+\]?+(?:[^\]\\]|\\.)*+\]"
_ITEM: Final = rf"[^()\[\]\\]|\\.|{_SET}"
_DEPTH: Final = 4
"""How deeply groups may be nested; what this module cannot read has no required text."""


def _build_group(depth: int) -> str:
    inner = f"|{_build_group(depth - 1)}" if depth else ""
    return rf"\((?:{_ITEM}{inner})*+\)"


_GROUP: Final = re.compile(rf"(?<!\\){_build_group(_DEPTH)}", re.DOTALL)
_VARIABLE: Final = re.compile(rf"{_SET}|\\(?![NUux])[A-Za-z]", re.DOTALL)
_UNREADABLE: Final = re.compile(r"\\[0-9NUux]|(?<!\\)[()\[\]|]")
"""Escapes that continue behind their letter, alternatives outside of a group, and brackets that are left over."""

_RUN: Final = re.compile(r"(?:(?:[^\\.^$*+?{}\s\0]|\\[^A-Za-z0-9])(?!\s*[*+?{]))+")
_VERBOSE: Final = re.compile(r"\(\?[aiLmsu]*x")


class LazyPattern:
    """A compiled pattern for `match` of one text after the other; every other attribute is that of the `re.Pattern`.

    Args:
        source: The regular expression, with its flags inside.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._required = find_required_text(source)

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self._source)

    def match(self, text: str) -> re.Match[str] | None:
        """Return what `re.match` returns."""
        # Beyond ASCII, letters can match in spite of a different case without `lower` telling it.
        if self._required not in text.lower() and text.isascii():
            return None
        return self._compiled.match(text)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the pattern has
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._compiled, name)


def find_required_text(source: str) -> str:
    """Return a text, in lower case, that everything contains that a pattern matches; empty if none is found.

    Only text outside of groups is looked for, which is in every match unless the pattern has alternatives.
    """
    if "\\\\" in source or ("#" in source and _VERBOSE.match(source)):
        return ""  # the next character's meaning is not plain, nor where a comment is
    outside = _VARIABLE.sub("\0", _GROUP.sub("\0", source))
    if _UNREADABLE.search(outside):
        return ""
    return max(_RUN.findall(outside), key=len, default="").replace("\\", "").lower()
