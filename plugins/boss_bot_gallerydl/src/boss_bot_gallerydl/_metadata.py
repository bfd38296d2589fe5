"""gallery-dl's metadata of any site in the one shape of all platforms.

Key names differ from site to site but repeat themselves; this reads the common ones and leaves the rest alone.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from boss_bot_core.plugin import MediaInfo
from boss_bot_gallerydl._adult import is_adult

_IDS: Final = ("id", "post_id", "tweet_id", "gallery_id", "image_id", "media_id", "shortcode")
_TITLES: Final = ("title", "gallery_title", "album_title")
_TEXTS: Final = ("description", "content", "caption", "text", "selftext", "body")
_AUTHORS: Final = ("author", "user", "uploader", "artist", "creator", "account", "username", "owner")
_NAMES: Final = ("nick", "display_name", "fullname", "name", "username", "screen_name", "acct")
_LINKS: Final = ("permalink", "post_url", "webpage_url", "page_url")


def describe(post: Mapping[str, Any], address: str) -> MediaInfo:
    """Return what a post is.

    Args:
        post: gallery-dl's metadata.
        address: The post's address, where the metadata has none.
    """
    permalink = next((link for link in _texts(post, _LINKS) if link.startswith(("https://", "http://"))), address)
    return MediaInfo(
        media_id=next(_texts(post, _IDS), None),
        title=next(_texts(post, _TITLES), None),
        text=next(_texts(post, _TEXTS), None),
        author=author_of(post),
        permalink=permalink,
        created_at=moment(post.get("date")),
        adult=is_adult(post),
        duration_s=seconds(post.get("duration")),
    )


def alt_text(file: Mapping[str, Any]) -> str | None:
    """Return a file's own description; a post's text is none."""
    return next(_texts(file, ("alt_text", "alt", "accessibility_caption")), None)


def author_of(post: Mapping[str, Any]) -> str | None:
    """Return the name shown, or else the handle."""
    for key in _AUTHORS:
        value = post.get(key)
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, Mapping):
            value = next(_texts(value, _NAMES), None)
        if isinstance(value, str) and value:
            return value
    return None


def moment(value: object) -> datetime | None:
    """Return an aware UTC time for gallery-dl's naive UTC one; None for its "no date" and for anything else."""
    if not isinstance(value, datetime) or value.year <= 1:
        return None
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def seconds(value: object) -> float | None:
    """Return a positive length in seconds, or None."""
    return float(value) if isinstance(value, int | float) and value > 0 else None


def _texts(source: Mapping[str, Any], keys: Iterable[str]) -> Iterator[str]:
    for key in keys:
        value = source.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if isinstance(value, str) and value.strip():
            yield value
