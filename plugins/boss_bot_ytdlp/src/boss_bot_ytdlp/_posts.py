"""What of a link is fetched: one finished video, or one post's few; never a playlist, a channel or a live stream."""

from itertools import islice
from typing import Any, Final

from yt_dlp.utils import PagedList

from boss_bot_core.plugin import SkippedFile, UnsupportedUrlError
from boss_bot_ytdlp._extractors import GENERIC

MAX_ITEMS: Final = 10
"""As many files as one message takes."""

_NO_PLAYLISTS: Final = "That is a playlist or a channel; only single videos and posts are fetched."
_LIVE: Final = frozenset({"is_live", "is_upcoming"})


def check_finished(info: dict[str, Any]) -> None:
    """Refuse what has no end yet.

    Raises:
        UnsupportedUrlError: The video is live, or has not begun.
    """
    if info.get("is_live") or info.get("live_status") in _LIVE:
        raise UnsupportedUrlError("That is a live stream; it can be fetched once it has ended.")


def limit_items(result: dict[str, Any]) -> tuple[SkippedFile, ...]:
    """Cut a result of several entries to `MAX_ITEMS`; return what that leaves out.

    A post brings its videos along, a playlist brings links to them: that tells the two apart, except on a page, whose
    embedded videos are links too.

    Raises:
        UnsupportedUrlError: It is a playlist.
    """
    entries = result.get("entries") or ()
    if isinstance(entries, PagedList):
        raise UnsupportedUrlError(_NO_PLAYLISTS)
    items = [entry for entry in islice(entries, MAX_ITEMS + 1) if entry]
    if result.get("extractor_key") != GENERIC and any(str(item.get("_type")).startswith("url") for item in items):
        raise UnsupportedUrlError(_NO_PLAYLISTS)
    result["entries"] = items[:MAX_ITEMS]
    if len(items) <= MAX_ITEMS:
        return ()
    return (SkippedFile(name="more items", reason=f"Only the first {MAX_ITEMS} items of a post are fetched."),)
