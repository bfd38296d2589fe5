"""Selects the entries of a result: one finished video, or the videos of one post; never a playlist or a live stream."""

from itertools import islice
from typing import Any, Final

from yt_dlp.utils import PagedList

from boss_bot_core.plugin import DownloadOptions, SkippedFile, UnsupportedUrlError
from boss_bot_ytdlp._extractors import GENERIC

MAX_ENTRIES: Final = 10
"""Maximum number of files in one Discord message."""

_NO_PLAYLISTS: Final = "That is a playlist or a channel; only single videos and posts are fetched."
_WITH_THREADS: Final = frozenset({"Twitter"})
"""Keys of the extractors of sites whose posts form threads; yt-dlp fetches the link's own post only."""
_LIVE: Final = frozenset({"is_live", "is_upcoming"})


def refuse_live_stream(info: dict[str, Any]) -> None:
    """Refuse a video that has not ended.

    Raises:
        UnsupportedUrlError: The video is live, or has not started.
    """
    if info.get("is_live") or info.get("live_status") in _LIVE:
        raise UnsupportedUrlError("That is a live stream; it can be fetched once it has ended.")


def limit_entries(result: dict[str, Any]) -> tuple[SkippedFile, ...]:
    """Reduce a result of several entries to `MAX_ENTRIES`; return the skipped rest.

    A post's entries are videos, a playlist's entries are links to videos. A page is an exception: its embedded videos
    are links too, and are fetched.

    Raises:
        UnsupportedUrlError: The result is a playlist.
    """
    entries = result.get("entries") or ()
    if isinstance(entries, PagedList):
        raise UnsupportedUrlError(_NO_PLAYLISTS)
    items = [entry for entry in islice(entries, MAX_ENTRIES + 1) if entry]
    if result.get("extractor_key") != GENERIC and any(str(item.get("_type")).startswith("url") for item in items):
        raise UnsupportedUrlError(_NO_PLAYLISTS)
    result["entries"] = items[:MAX_ENTRIES]
    if len(items) <= MAX_ENTRIES:
        return ()
    return (SkippedFile(name="more items", reason=f"Only the first {MAX_ENTRIES} items of a post are fetched."),)


def list_other_posts(extractor_key: str, options: DownloadOptions) -> tuple[SkippedFile, ...]:
    """Return the requested other posts of a thread, which yt-dlp does not fetch, as one skipped file."""
    if not options.whole_thread or extractor_key not in _WITH_THREADS:
        return ()
    return (SkippedFile(name="Other posts of the thread", reason="yt-dlp fetches only the post of the link."),)
