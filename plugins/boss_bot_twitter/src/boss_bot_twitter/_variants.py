"""A video's variants: X offers each video in several sizes, gallery-dl looks only at the bitrate."""

import re
from collections.abc import Iterator
from typing import Any, Final

from boss_bot_core.plugin import DownloadOptions

_SIZE: Final = re.compile(r"/(\d+)x(\d+)/")

Variant = dict[str, Any]


class Variants:
    """Chooses variants, and remembers the smaller ones of each choice.

    Args:
        options: The requester's wishes; the quality counts.
    """

    def __init__(self, options: DownloadOptions) -> None:
        self._tallest = None if options.quality == "best" else int(options.quality)
        self._smaller: dict[str, list[str]] = {}

    def choose(self, tweet: dict[str, Any]) -> None:
        """Leave each video of a tweet (as X's API words it) with the best variant that is wanted.

        A video that has no file but only streams keeps them, so that it is seen to be there.
        """
        for info in _videos(tweet):
            files = [variant for variant in info["variants"] if variant.get("content_type") == "video/mp4"]
            files.sort(key=lambda variant: int(variant.get("bitrate") or 0), reverse=True)
            wanted = [variant for variant in files if not self._is_taller(variant)] or files[-1:]
            if wanted:
                info["variants"] = wanted[:1]
                self._smaller[wanted[0]["url"]] = [variant["url"] for variant in wanted[1:]]

    def smaller(self, url: str) -> list[str]:
        """Return the addresses of a chosen variant's smaller ones, largest first."""
        return self._smaller.get(url, [])

    def _is_taller(self, variant: Variant) -> bool:
        size = _SIZE.search(variant["url"])
        return bool(self._tallest and size and min(int(size[1]), int(size[2])) > self._tallest)


def _videos(tweet: dict[str, Any]) -> Iterator[dict[str, Any]]:
    legacy = tweet.get("legacy") or tweet
    for media in (legacy.get("extended_entities") or {}).get("media") or ():
        if info := media.get("video_info"):
            yield info
