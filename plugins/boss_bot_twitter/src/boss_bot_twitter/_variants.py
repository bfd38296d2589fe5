"""Selects a video's variant: X offers each video in several sizes, and gallery-dl looks only at the bitrate."""

import re
from collections.abc import Iterator
from typing import Any, Final

from boss_bot_core.plugin import DownloadOptions

_SIZE: Final = re.compile(r"/(\d+)x(\d+)/")

Variant = dict[str, Any]


class VideoVariants:
    """Selects variants, and remembers the smaller variants of each selected one.

    Args:
        options: The requester's options; only the quality is used.
    """

    def __init__(self, options: DownloadOptions) -> None:
        self._max_height = None if options.quality == "best" else int(options.quality)
        self._smaller: dict[str, list[str]] = {}

    def select_variant(self, tweet: dict[str, Any]) -> None:
        """Reduce each video of a tweet (in the form of X's API) to the best variant of the requested quality.

        A video without MP4 files keeps its stream variants, so that gallery-dl still reports the video.
        """
        for info in _iterate_videos(tweet):
            files = [variant for variant in info["variants"] if variant.get("content_type") == "video/mp4"]
            files.sort(key=lambda variant: int(variant.get("bitrate") or 0), reverse=True)
            allowed = [variant for variant in files if not self._is_too_tall(variant)] or files[-1:]
            if allowed:
                info["variants"] = allowed[:1]
                self._smaller[allowed[0]["url"]] = [variant["url"] for variant in allowed[1:]]

    def get_smaller_urls(self, url: str) -> list[str]:
        """Return the addresses of the variants that are smaller than a selected one, largest first."""
        return self._smaller.get(url, [])

    def _is_too_tall(self, variant: Variant) -> bool:
        size = _SIZE.search(variant["url"])
        return bool(self._max_height and size and min(int(size[1]), int(size[2])) > self._max_height)


def _iterate_videos(tweet: dict[str, Any]) -> Iterator[dict[str, Any]]:
    legacy = tweet.get("legacy") or tweet
    for media in (legacy.get("extended_entities") or {}).get("media") or ():
        if info := media.get("video_info"):
            yield info
