"""Converts yt-dlp's info dictionary into `MediaInfo`."""

from datetime import UTC, datetime
from typing import Any, Final

from yt_dlp.utils import float_or_none

from boss_bot_core.plugin import MediaInfo, get_address_name
from boss_bot_ytdlp._extractors import GENERIC

Info = dict[str, Any]
"""yt-dlp's dictionary of a video or of a list of videos."""

UNKNOWN_EXTENSION: Final = "unknown_video"
"""yt-dlp's placeholder for an extension that it does not know."""

_ADULT_AGE: Final = 18
_PLATFORMS_WITHOUT_TITLES: Final = frozenset({"Twitter", "Instagram", "TikTok", "Bluesky"})
"""Platforms whose posts have no title: yt-dlp builds one from the author and the text."""

_PAGE_EXTRACTORS: Final = frozenset({GENERIC, "HTML5MediaEmbed"})


def build_media_info(info: Info) -> MediaInfo:
    """Return the metadata in `info`; texts stay as the platform wrote them."""
    has_no_title = info.get("extractor_key") in _PLATFORMS_WITHOUT_TITLES
    text = _get_text(info, "description")
    title = get_title(info)
    return MediaInfo(
        media_id=_get_text(info, "display_id") or _get_text(info, "id"),
        title=None if has_no_title and text else title,
        text=text,
        author=_get_text(info, "uploader") or _get_text(info, "channel") or _get_text(info, "uploader_id"),
        permalink=_get_text(info, "webpage_url"),
        created_at=_get_creation_time(info),
        adult=(info.get("age_limit") or 0) >= _ADULT_AGE,
        duration_s=float_or_none(info.get("duration")),
    )


def get_title(info: Info) -> str | None:
    """Return yt-dlp's title, which also names the file."""
    title = _get_text(info, "title")
    if title and info.get("extractor_key") in _PAGE_EXTRACTORS and info.get("playlist") is None:
        # yt-dlp numbers a page's videos, even if there is only one.
        return title.removesuffix(" (1)")
    return title


def get_file_name(info: Info, extension: str | None) -> str | None:
    """Return the source's name of a file: that of its address if it has no metadata, or else yt-dlp's title.

    The extension of one part of a video is not the file's, so it may be None.
    """
    title = get_title(info)
    if info.get("direct"):
        return get_address_name(info["url"]) or title
    return f"{title}.{extension}" if title and extension and extension != UNKNOWN_EXTENSION else title


def _get_text(info: Info, field: str) -> str | None:
    value = info.get(field)
    return value if isinstance(value, str) and value else None


def _get_creation_time(info: Info) -> datetime | None:
    try:
        if (timestamp := info.get("timestamp")) is not None:
            return datetime.fromtimestamp(timestamp, UTC)
        return datetime.strptime(info.get("upload_date") or "", "%Y%m%d").replace(tzinfo=UTC)
    except (ValueError, OverflowError, OSError):
        # The site sent a date that does not exist.
        return None
