"""The media of a post in the form of X's API: the part that a link points at, and the parts that X withholds."""

from collections.abc import Iterator
from typing import Any

from boss_bot_core.plugin import NothingFoundError, SkippedFile

Tweet = dict[str, Any]


def keep_part(tweet: Tweet, part: int) -> None:
    """Remove all media but one from a post; `part` counts from 1, as in the links `…/photo/2` and `…/video/2`.

    Raises:
        NothingFoundError: The post has fewer media.
    """
    entities = _get_legacy(tweet).get("extended_entities") or {}
    entities["media"] = (entities.get("media") or [])[part - 1 : part]
    if not entities["media"]:
        raise NothingFoundError(f"The post has no photo or video number {part}.")


def list_unavailable_media(tweet: Tweet) -> Iterator[SkippedFile]:
    """Yield the media of a post that X does not show."""
    legacy = _get_legacy(tweet)
    for number, media in enumerate((legacy.get("extended_entities") or {}).get("media") or (), start=1):
        if (media.get("ext_media_availability") or {}).get("status") == "Unavailable":
            name = f"Media {number} of post {legacy.get('id_str')}"
            yield SkippedFile(name=name, reason="X says that it is not available.")


def _get_legacy(tweet: Tweet) -> Tweet:
    legacy: Tweet = tweet.get("legacy") or tweet
    return legacy
