"""yt-dlp's extractors, asked which of them knows an address.

They stay lazy: a lazy extractor is a pattern and a name, and the module behind it is imported when a worker uses it.
"""

import functools
from collections.abc import Callable
from typing import Any, Final

import yt_dlp.globals
from yt_dlp.extractor import gen_extractor_classes

Extractor = Any
"""A class of yt-dlp, which ships no types."""

GENERIC: Final = "Generic"
"""Key of the extractor that looks at any page; it is the last one and matches everything."""

EMBEDS: Final = (
    "HTML5MediaEmbed", "QuotedHTML", "Youtube", "Vimeo", "Dailymotion", "Streamable", "Twitter", "Reddit", "TikTok",
    "Instagram", "Facebook", "Soundcloud", "TwitchClips", "JWPlatform", "BrightcoveNew", "Wistia", "Rumble",
)  # fmt: skip
"""Extractors whose embedded players are looked for on a page first: asking each of 1,700 costs a second."""

_PLAIN: Final = frozenset({"LazyLoadExtractor", "InfoExtractor"})
"""Classes whose `suitable` matches the extractor's patterns and does nothing else."""


@functools.cache
def extractors() -> dict[str, Extractor]:
    """Return every extractor that takes links, by key, in yt-dlp's order.

    Searches (`ytsearch:…`) are left out: a page must not be able to start one.
    """
    # Plugin folders in a home directory would run code that nobody installed for the bot.
    yt_dlp.globals.plugin_dirs.value = []
    usable = (
        ie
        for ie in gen_extractor_classes()
        if ie._ENABLED and ie.SEARCH_KEY is None  # noqa: SLF001 - yt-dlp has no other name for it
    )
    return {ie.ie_key(): ie for ie in usable}


@functools.cache
def _matchers() -> tuple[tuple[Callable[[str], object], Extractor], ...]:
    """Return what to ask each extractor with: its compiled patterns where those are all there is to ask.

    Asking 1,700 classes by `suitable` takes 3 ms, their patterns 0.5 ms; compiling them takes 0.2 s, once.
    """
    matchers: list[tuple[Callable[[str], object], Extractor]] = []
    for extractor in extractors().values():
        owner = next(base for base in extractor.__mro__ if "suitable" in vars(base))
        if owner.__name__ not in _PLAIN:
            matchers.append((extractor.suitable, extractor))
        elif extractor._VALID_URL is not False:  # noqa: SLF001 - yt-dlp has no other name for it
            extractor.suitable("")
            matchers += [(pattern.match, extractor) for pattern in vars(extractor)["_VALID_URL_RE"]]
    return tuple(matchers)


@functools.cache
def _by_site() -> dict[str, Extractor]:
    return {key.lower(): extractor for key, extractor in extractors().items()}


def extractor_named(media_key: str, url: str) -> Extractor:
    """Return the extractor that claimed `url` under `media_key`; without that, the first that matches.

    Asking all of them makes 13 MB of the zygote's pages the worker's own, since Python counts references in them.
    """
    named = _by_site().get(media_key.partition(":")[0])
    return named if named is not None and named.suitable(url) else extractor_for(url)


def extractor_for(url: str) -> Extractor:
    """Return the first extractor that matches `url`; the generic one at the latest."""
    return next(extractor for matches, extractor in _matchers() if matches(url))
