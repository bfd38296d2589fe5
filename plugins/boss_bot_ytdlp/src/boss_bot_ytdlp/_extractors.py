"""yt-dlp's extractors, and the search for the one that matches an address.

They stay lazy: a lazy extractor has only its patterns and its name, and its module is imported when a worker uses it.
"""

import functools
from collections.abc import Callable
from typing import Any, Final

import yt_dlp.globals
from yt_dlp.extractor import gen_extractor_classes

from boss_bot_core.plugin import LazyPattern

Extractor = Any
"""A class of yt-dlp, which ships no types."""

GENERIC: Final = "Generic"
"""Key of the extractor that reads any page; it is the last one and matches every address."""

EMBEDS: Final = (
    "HTML5MediaEmbed", "QuotedHTML", "Youtube", "Vimeo", "Dailymotion", "Streamable", "Twitter", "Reddit", "TikTok",
    "Instagram", "Facebook", "Soundcloud", "TwitchClips", "JWPlatform", "BrightcoveNew", "Wistia", "Rumble",
)  # fmt: skip
"""Extractors whose embedded players are searched on a page first: searching for all 1,700 costs a second."""

_PATTERN_ONLY_CLASSES: Final = frozenset({"LazyLoadExtractor", "InfoExtractor"})
"""Classes whose `suitable` matches the extractor's patterns and does nothing else."""


@functools.cache
def load_extractors() -> dict[str, Extractor]:
    """Return every extractor that accepts links, by key, in yt-dlp's order.

    Search extractors (`ytsearch:…`) are left out, because a page must not be able to start a search.
    """
    # Plugin folders in a home directory could run code that the operator did not install for the bot.
    yt_dlp.globals.plugin_dirs.value = []
    usable = (
        ie
        for ie in gen_extractor_classes()
        if ie._ENABLED and ie.SEARCH_KEY is None  # noqa: SLF001 - yt-dlp has no other name for it
    )
    return {ie.ie_key(): ie for ie in usable}


@functools.cache
def _compile_matchers() -> tuple[tuple[Callable[[str], object], Extractor], ...]:
    """Return a match function for each extractor: its patterns, if `suitable` does nothing else.

    Calling `suitable` of 1,700 classes takes 3 ms, matching their patterns 0.5 ms; compiling all takes 0.2 s.
    """
    matchers: list[tuple[Callable[[str], object], Extractor]] = []
    for extractor in load_extractors().values():
        owner = next(base for base in extractor.__mro__ if "suitable" in vars(base))
        if owner.__name__ not in _PATTERN_ONLY_CLASSES:
            matchers.append((extractor.suitable, extractor))
        elif (sources := extractor._VALID_URL) is not False:  # noqa: SLF001 - yt-dlp has no other name for it
            sources = (sources,) if isinstance(sources, str) else sources
            matchers += [(LazyPattern(source).match, extractor) for source in sources]
    return tuple(matchers)


@functools.cache
def _extractors_by_site() -> dict[str, Extractor]:
    return {key.lower(): extractor for key, extractor in load_extractors().items()}


@functools.cache
def _extractors_by_name() -> dict[str, Extractor]:
    return {extractor.IE_NAME: extractor for extractor in load_extractors().values()}


def get_extractor(name: str) -> Extractor:
    """Return the extractor with a name of yt-dlp's list, such as `vimeo:album`.

    Raises:
        ValueError: yt-dlp has no extractor with this name.
    """
    if name not in _extractors_by_name():
        raise ValueError(f"yt-dlp has no extractor {name!r}; `yt-dlp --list-extractors` prints the names.")
    return _extractors_by_name()[name]


def find_claiming_extractor(media_key: str, url: str) -> Extractor:
    """Return the extractor that claimed `url` under `media_key`, or else the first that matches.

    Asking all extractors copies 13 MB of the zygote's pages into the worker, because Python counts references in them.
    """
    named = _extractors_by_site().get(media_key.partition(":")[0])
    return named if named is not None and named.suitable(url) else find_extractor(url)


def find_extractor(url: str) -> Extractor:
    """Return the first extractor that matches `url`; the generic one matches every address."""
    return next(extractor for matches, extractor in _compile_matchers() if matches(url))
