"""Media as X's JSON, in the format that GraphQL and the embed endpoint share."""

from typing import Any

from boss_bot_sandbox.site.twitter.model import Photo, Tweet, Video

PICTURE_SIZE = (320, 240)
_ONE_SIZE = (320, 180)


def media_entity_json(tweet: Tweet, number: int) -> dict[str, Any]:
    """Return the entry number ``number`` (from 0) of ``extended_entities.media``."""
    item = tweet.media[number]
    return _photo(tweet, number, item) if isinstance(item, Photo) else _video(tweet, item)


def _common(tweet: Tweet, media_id: str, picture: str, size: tuple[int, int]) -> dict[str, Any]:
    width, height = size
    return {
        "id_str": media_id,
        "media_key": f"3_{media_id}",
        "media_url_https": picture,
        "url": f"https://t.co/{tweet.id}",
        "expanded_url": f"{tweet.url}/photo/1",
        "display_url": f"pic.x.com/{tweet.id}",
        "indices": [len(tweet.text), len(tweet.text) + 23],
        "original_info": {"width": width, "height": height},
        "sizes": {"large": {"w": width, "h": height, "resize": "fit"}},
        "ext_media_availability": {"status": "Available"},
    }


def _photo(tweet: Tweet, number: int, photo: Photo) -> dict[str, Any]:
    picture = f"https://pbs.twimg.com/media/{photo.stem}.jpg"
    entity = _common(tweet, f"{int(tweet.id) + 500 + number}", picture, PICTURE_SIZE) | {"type": "photo"}
    if photo.alt:
        entity["ext_alt_text"] = photo.alt
    if not photo.available:
        entity["ext_media_availability"] = {"status": "Unavailable", "reason": "CopyrightViolation"}
    if photo.warnings:
        entity["sensitive_media_warning"] = dict.fromkeys(photo.warnings, True)
    return entity


def _video(tweet: Tweet, video: Video) -> dict[str, Any]:
    folder = "tweet_video_thumb" if video.type == "animated_gif" else f"ext_tw_video_thumb/{video.id}/pu/img"
    size = video.sizes[-1] if video.sizes else _ONE_SIZE
    entity = _common(tweet, video.id, f"https://pbs.twimg.com/{folder}/photo-99.jpg", size)
    info: dict[str, Any] = {"aspect_ratio": [16, 9], "variants": _variants(video)}
    if video.type == "video":
        info["duration_millis"] = 2000
    return entity | {"type": video.type, "video_info": info}


def _variants(video: Video) -> list[dict[str, Any]]:
    if video.type == "animated_gif":
        url = f"https://video.twimg.com/tweet_video/{video.id}.mp4"
        return [{"bitrate": 0, "content_type": "video/mp4", "url": url}]
    base = f"https://video.twimg.com/ext_tw_video/{video.id}/pu"
    variants: list[dict[str, Any]] = [
        {"content_type": "application/x-mpegURL", "url": f"{base}/pl/master.m3u8?variant_version=1&tag=12"}
    ]
    for width, height in video.sizes:
        url = f"{base}/vid/avc1/{width}x{height}/clip.mp4?tag=12"
        if video.best_bytes is not None and (width, height) == video.sizes[-1]:
            url += f"&size_bytes={video.best_bytes}"
        if video.refuses_files:
            url += "&refused=403"
        variants.append({"bitrate": width * height * 4, "content_type": "video/mp4", "url": url})
    return variants
