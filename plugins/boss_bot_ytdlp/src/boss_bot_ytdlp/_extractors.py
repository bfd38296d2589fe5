"""yt-dlp's extractors, asked which of them knows an address.

They stay lazy: a lazy extractor is a pattern and a name, and the module behind it is imported when a worker uses it.
"""

import functools
from typing import Any, Final

import yt_dlp.globals
from yt_dlp.extractor import gen_extractor_classes

Extractor = Any
"""A class of yt-dlp, which ships no types."""

GENERIC: Final = "Generic"
"""Key of the extractor that looks at any page; it is the last one and matches everything."""


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


def extractor_for(url: str) -> Extractor:
    """Return the first extractor that matches `url`; the generic one at the latest."""
    return next(ie for ie in extractors().values() if ie.suitable(url))
