"""The arguments of a download command: links, a priority and options, from typed text or another message."""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, get_args

import attrs

from boss_bot_core.domain.link import DownloadOptions, Quality
from boss_bot_core.domain.status import DownloadPriority
from boss_bot_core.routing import MAX_LINKS, FoundLink, find_links

PRIORITIES = {priority.name.lower(): priority for priority in DownloadPriority}

_SPOILER = "spoiler"
_WORDS: Mapping[str, Mapping[str, Any]] = {
    **{quality: {"quality": quality} for quality in get_args(Quality)},
    **{f"{quality}p": {"quality": quality} for quality in get_args(Quality) if quality.isdigit()},
    **{word: {"audio_only": True} for word in ("sound", "audio", "audio_only")},
    _SPOILER: {"spoiler": True},
    "thread": {"whole_thread": True},
}
"""What each word changes in the options."""

_KNOWN = frozenset((*_WORDS, *PRIORITIES))
_QUALITY = re.compile(r"\d+[pk]")
_SIMILARITY = 0.8


@attrs.frozen(kw_only=True)
class ParsedArguments:
    """The arguments that were found in a text.

    Attributes:
        found: All links, in order.
        priority: The priority that is named, or None.
        options: Quality, sound only, spoiler and thread.
        unknown: The words that are neither links, nor a priority, nor an option.
    """

    found: tuple[FoundLink, ...] = ()
    priority: DownloadPriority | None = None
    options: DownloadOptions = DownloadOptions()
    unknown: tuple[str, ...] = ()

    @property
    def links(self) -> tuple[FoundLink, ...]:
        """The links that are downloaded."""
        return self.found[:MAX_LINKS]

    @property
    def omitted_count(self) -> int:
        """How many further links there are."""
        return len(self.found) - len(self.links)

    @property
    def mistyped(self) -> tuple[str, ...]:
        """The unknown words that were meant as an option, as far as one can tell."""
        return tuple(word for word in self.unknown if _is_mistyped(word))


def parse_arguments(text: str, options: DownloadOptions = DownloadOptions()) -> ParsedArguments:
    """Return the arguments in `text`.

    Options stand beside a link, first or last: within a sentence, such words have another meaning. `spoiler` counts
    everywhere, because what should be hidden must not be posted openly.

    Args:
        text: What the user typed.
        options: The options that the user chose elsewhere.
    """
    named, others = _sort_words(text)
    priorities = [PRIORITIES[word] for word in named if word in PRIORITIES]
    for word in named:
        options = attrs.evolve(options, **_WORDS.get(word, {}))
    return ParsedArguments(
        found=find_links(text), priority=priorities[-1] if priorities else None, options=options, unknown=others
    )


def _sort_words(text: str) -> tuple[list[str], tuple[str, ...]]:
    """Return the words that are options, and those that mean nothing."""
    named: list[str] = []
    others: list[str] = []
    words: list[str] = []
    for token in (*text.split(), None):
        if token is not None and not find_links(token):
            words += filter(None, [_plain_word(token)])
            continue
        for end in (0, -1):
            while words and words[end] in _KNOWN:
                named.append(words.pop(end))
        named += [word for word in words if word == _SPOILER]
        others += [word for word in words if word not in _KNOWN]
        words = []
    return named, tuple(others)


def _plain_word(token: str) -> str:
    """Return the word in a token in lower case, without punctuation and markup; empty for a mention or a symbol."""
    is_mention = token.startswith("<") and token.endswith(">")
    return "" if is_mention or not any(map(str.isalnum, token)) else token.strip("*_~|`<>()[]{}\"'.,:;!?").lower()


def _is_mistyped(word: str) -> bool:
    return _QUALITY.fullmatch(word) is not None or bool(get_close_matches(word, _KNOWN, n=1, cutoff=_SIMILARITY))
