"""What a post is, out of yt-dlp's info dictionary: the one shape that every platform has here."""

from datetime import UTC, datetime
from typing import Any, Final

from yt_dlp.utils import float_or_none

from boss_bot_core.plugin import MediaInfo
from boss_bot_ytdlp._extractors import GENERIC

Info = dict[str, Any]

_ADULT_AGE: Final = 18
_UNTITLED: Final = frozenset({"Twitter", "Instagram", "TikTok", "Bluesky"})
"""Platforms whose posts have no title: yt-dlp makes one up from the author and the text."""

_PAGES: Final = frozenset({GENERIC, "HTML5MediaEmbed"})


def media_info(info: Info) -> MediaInfo:
    """Return what `info` tells; texts stay the platform's own."""
    untitled = info.get("extractor_key") in _UNTITLED
    text = _text(info, "description")
    title = title_of(info)
    return MediaInfo(
        media_id=_text(info, "display_id") or _text(info, "id"),
        title=None if untitled and text else title,
        text=text,
        author=_text(info, "uploader") or _text(info, "channel") or _text(info, "uploader_id"),
        permalink=_text(info, "webpage_url"),
        created_at=_created_at(info),
        adult=(info.get("age_limit") or 0) >= _ADULT_AGE,
        duration_s=float_or_none(info.get("duration")),
    )


def title_of(info: Info) -> str | None:
    """Return the title as yt-dlp has it, for a name too."""
    title = _text(info, "title")
    if title and info.get("extractor_key") in _PAGES and info.get("playlist") is None:
        # yt-dlp counts a page's videos, even when there is one.
        return title.removesuffix(" (1)")
    return title


def _text(info: Info, field: str) -> str | None:
    value = info.get(field)
    return value if isinstance(value, str) and value else None


def _created_at(info: Info) -> datetime | None:
    try:
        if (timestamp := info.get("timestamp")) is not None:
            return datetime.fromtimestamp(timestamp, UTC)
        return datetime.strptime(info.get("upload_date") or "", "%Y%m%d").replace(tzinfo=UTC)
    except (ValueError, OverflowError, OSError):
        # A date that no calendar has is as good as none.
        return None
