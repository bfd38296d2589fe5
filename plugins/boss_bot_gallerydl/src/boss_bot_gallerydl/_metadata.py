"""Converts gallery-dl's metadata of any site into `MediaInfo`.

Key names differ from site to site, but the same ones recur; this module reads the common keys and ignores the others.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from boss_bot_core.plugin import MediaInfo

_IDS: Final = ("id", "post_id", "tweet_id", "gallery_id", "image_id", "media_id", "shortcode")
_TITLES: Final = ("title", "gallery_title", "album_title")
_TEXTS: Final = ("description", "content", "caption", "text", "selftext", "body")
_AUTHORS: Final = ("author", "user", "uploader", "artist", "creator", "account", "username", "owner")
_NAMES: Final = ("nick", "display_name", "fullname", "name", "username", "screen_name", "acct")
_LINKS: Final = ("permalink", "post_url", "webpage_url", "page_url")

_ADULT_FLAGS: Final = frozenset(
    {"over_18", "nsfw", "is_nsfw", "sensitive", "possibly_sensitive", "is_adult", "adult", "mature", "is_mature"}
)
_ADULT_RATINGS: Final = frozenset(
    {"e", "q", "explicit", "questionable", "adult", "mature", "nsfw", "r-18", "r-18g", "r18"}
)

# Category names of gallery-dl, as one text because one name per line would hide the code below.
_ADULT_SITE_NAMES: Final = """
8muses adultempire adultphotosets agnph ahottie allporncomic coomer coomerfans cosplayrule34 e621 eporner erome exhentai
fansly fapachi fapello fikfap fitnakedgirls furry34 gelbooru girlsreleased girlswithmuscle hdoujin hentai2read
hentaifoundry hentaihand hentaihere hentainexus hitomi hotleak hypnohub idolcomplex imagefap leakgallery luscious
motherless myhentaigallery nhentai nozomi nsfwalbum nudostar okporn onlyhaven paheal pornhub pornpics pornstarstube
realbooru redgifs rule34 rule34hentai rule34us rule34vault rule34xyz sakuhentai sankaku scatbooru schalenetwork
scrolller sexcom simplyhentai sxypix thefap thehentaiworld tmohentai vipergirls xasiat xbooru xhamster xvideos yiffverse
yourlesbians
"""
_ADULT_SITES: Final = frozenset(_ADULT_SITE_NAMES.split())


def describe_post(post: Mapping[str, Any], address: str) -> MediaInfo:
    """Convert a post's metadata.

    Args:
        post: gallery-dl's metadata.
        address: The post's address, used if the metadata has none.
    """
    permalink = next((link for link in _find_texts(post, _LINKS) if link.startswith(("https://", "http://"))), address)
    return MediaInfo(
        media_id=next(_find_texts(post, _IDS), None),
        title=next(_find_texts(post, _TITLES), None),
        text=next(_find_texts(post, _TEXTS), None),
        author=_find_author(post),
        permalink=permalink,
        created_at=_to_utc(post.get("date")),
        adult=is_adult(post),
        duration_s=_to_seconds(post.get("duration")),
    )


def get_alt_text(file: Mapping[str, Any]) -> str | None:
    """Return a file's own description; the post's text is not one."""
    return next(_find_texts(file, ("alt_text", "alt", "accessibility_caption")), None)


def is_adult(post: Mapping[str, Any]) -> bool:
    """Return whether a post's flags, its rating, its age limit or its site mark it as adult.

    gallery-dl has no common flag: each site uses its own key, and a site with adult content only may have none.
    """
    if any(post.get(flag) is True for flag in _ADULT_FLAGS):
        return True
    if str(post.get("rating") or "").lower() in _ADULT_RATINGS:
        return True
    limit = post.get("age_limit")
    return (isinstance(limit, int) and limit >= 18) or post.get("category") in _ADULT_SITES


def _find_author(post: Mapping[str, Any]) -> str | None:
    """Return the author's display name, or else the handle."""
    for key in _AUTHORS:
        value = post.get(key)
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, Mapping):
            value = next(_find_texts(value, _NAMES), None)
        if isinstance(value, str) and value:
            return value
    return None


def _to_utc(value: object) -> datetime | None:
    """Return an aware UTC time for gallery-dl's naive UTC time; None for its "no date" and for any other value."""
    if not isinstance(value, datetime) or value.year <= 1:
        return None
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _to_seconds(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and value > 0 else None


def _find_texts(source: Mapping[str, Any], keys: Iterable[str]) -> Iterator[str]:
    for key in keys:
        value = source.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if isinstance(value, str) and value.strip():
            yield value
