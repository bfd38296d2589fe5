"""Reddit's JSON of a post in the shape of all platforms."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from boss_bot_core.plugin import MediaInfo
from boss_bot_gallerydl.engine import Metadata


def describe(post: Metadata, address: str) -> MediaInfo:
    """Return what a post is.

    Args:
        post: The post; a file on i.redd.it has hardly any metadata.
        address: Its address, where the metadata has none.
    """
    created = post.get("created_utc")
    permalink = post.get("permalink")
    return MediaInfo(
        media_id=post.get("id"),
        title=post.get("title") or None,
        text=post.get("selftext") or None,
        author=post.get("author"),
        permalink=f"https://www.reddit.com{permalink}" if permalink else address,
        created_at=datetime.fromtimestamp(created, UTC) if isinstance(created, int | float) else None,
        adult=any(it.get("over_18") is True for it in (post, original(post))),
        duration_s=duration_s(post),
    )


def original(post: Metadata) -> Metadata:
    """Return the post whose media these are: a crosspost shows another one's."""
    parents = post.get("crosspost_parent_list")
    return parents[-1] if parents else post


def duration_s(post: Metadata) -> float | None:
    """Return the length of a post's hosted video in seconds."""
    media = original(post).get("secure_media") or {}
    seconds = (media.get("reddit_video") or {}).get("duration")
    return float(seconds) if isinstance(seconds, int | float) and seconds > 0 else None


def caption(post: Metadata) -> str | None:
    """Return what the author wrote under the gallery's picture at hand."""
    gallery = original(post).get("gallery_data") or {}
    for item in gallery.get("items") or ():
        if item.get("media_id") == post.get("filename"):
            return item.get("caption") or None
    return None


def smaller_versions(url: str, post: Metadata) -> list[str]:
    """Return addresses of ever smaller versions of a picture on i.redd.it; an animated one is smaller as MP4."""
    source = original(post)
    stem = urlsplit(url).path.strip("/").partition(".")[0]
    gallery = (source.get("media_metadata") or {}).get(stem) or {}
    if gallery:
        return [size["u"] for size in reversed(gallery.get("p") or ()) if size.get("u")]
    return list(_previews(source))


def _previews(source: Metadata) -> Iterator[str]:
    images: list[dict[str, Any]] = (source.get("preview") or {}).get("images") or []
    for image in images[:1]:
        video = (image.get("variants") or {}).get("mp4")
        versions = [video["source"], *reversed(video.get("resolutions") or ())] if video else []
        for size in versions or reversed(image.get("resolutions") or ()):
            yield size["url"]
