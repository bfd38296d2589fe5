"""Converts Reddit's JSON of a post into `MediaInfo`, and reads the details of its media."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from boss_bot_core.plugin import MediaInfo, SkippedFile
from boss_bot_gallerydl.engine import Metadata


def describe_post(post: Metadata, address: str) -> MediaInfo:
    """Convert a post's metadata.

    Args:
        post: The post; a file on i.redd.it has hardly any metadata.
        address: The post's address, used if the metadata has none.
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
        adult=any(it.get("over_18") is True for it in (post, _get_original(post))),
        duration_s=get_duration_s(post),
    )


def _get_original(post: Metadata) -> Metadata:
    """Return the post that the media belong to: a crosspost shows the media of another post."""
    parents = post.get("crosspost_parent_list")
    return parents[-1] if parents else post


def get_duration_s(post: Metadata) -> float | None:
    """Return the length of a post's hosted video in seconds."""
    media = _get_original(post).get("secure_media") or {}
    seconds = (media.get("reddit_video") or {}).get("duration")
    return float(seconds) if isinstance(seconds, int | float) and seconds > 0 else None


def get_caption(post: Metadata) -> str | None:
    """Return the author's caption of the gallery picture that the metadata describes."""
    gallery = _get_original(post).get("gallery_data") or {}
    for item in gallery.get("items") or ():
        if item.get("media_id") == post.get("filename"):
            return item.get("caption") or None
    return None


def list_lost_pictures(post: Metadata) -> Iterator[SkippedFile]:
    """Return the pictures of a gallery that Reddit lists and does not have."""
    source = _get_original(post)
    pictures = source.get("media_metadata") or {}
    for number, item in enumerate((source.get("gallery_data") or {}).get("items") or (), start=1):
        if (pictures.get(item["media_id"]) or {}).get("status") != "valid":
            yield SkippedFile(name=f"Picture {number} of the gallery", reason="Reddit could not process it.")


def get_smaller_versions(url: str, post: Metadata) -> list[str]:
    """Return addresses of a picture's versions on i.redd.it, largest first; an animated picture is smaller as MP4."""
    source = _get_original(post)
    stem = urlsplit(url).path.strip("/").partition(".")[0]
    gallery = (source.get("media_metadata") or {}).get(stem) or {}
    if gallery:
        return [size["u"] for size in reversed(gallery.get("p") or ()) if size.get("u")]
    return list(_iterate_previews(source))


def _iterate_previews(source: Metadata) -> Iterator[str]:
    images: list[dict[str, Any]] = (source.get("preview") or {}).get("images") or []
    for image in images[:1]:
        video = (image.get("variants") or {}).get("mp4")
        versions = [video["source"], *reversed(video.get("resolutions") or ())] if video else []
        for size in versions or reversed(image.get("resolutions") or ()):
            yield size["url"]
