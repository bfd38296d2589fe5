"""Posts as Reddit's JSON, with exactly the fields that the download engines read."""

import html
from typing import Any, Final

from boss_bot_sandbox.site.reddit.model import (
    Content,
    Crosspost,
    ExternalLink,
    Gallery,
    HostedVideo,
    Picture,
    Post,
    SelfText,
)
from boss_bot_sandbox.site.reddit.posts import POSTS

CREATED_S: Final = 1_735_689_600.0
_SIZE: Final = {"width": 320, "height": 240}


def post_json(post: Post) -> dict[str, Any]:
    """Return the ``data`` of one post."""
    data = {
        "id": post.id,
        "name": f"t3_{post.id}",
        "title": post.title,
        "author": post.author,
        "subreddit": post.subreddit,
        "permalink": post.permalink,
        "created_utc": CREATED_S,
        "over_18": post.over_18,
        "is_self": False,
        "is_video": False,
        "selftext": "",
        "selftext_html": None,
        "secure_media": None,
        "media": None,
        "num_comments": 0,
        "ups": 42,
        "downs": 0,
    }
    if post.removed:
        gone = {"removed_by_category": "moderator", "selftext": "[removed]", "is_self": True, "url": post.url}
        return data | gone | {"author": "[deleted]"}
    return data | _content(post, post.content)


def _content(post: Post, content: Content) -> dict[str, Any]:
    match content:
        case Picture(name=name):
            return {"url": f"https://i.redd.it/{name}", "post_hint": "image", "preview": _preview("preview", name)}
        case Gallery():
            return _gallery(post, content)
        case HostedVideo():
            return _video(content)
        case ExternalLink(url=url, preview=preview):
            return {"url": url} | ({"preview": _preview("external-preview", preview)} if preview else {})
        case SelfText(body=body):
            paragraph = f'<div class="md"><p>{html.escape(body)}</p></div>'
            return {"url": post.url, "is_self": True, "selftext": body, "selftext_html": paragraph}
        case Crosspost(of=parent):
            original = post_json(POSTS[parent])
            shown = {key: original[key] for key in ("url", "is_video")}
            return shown | {"crosspost_parent": f"t3_{parent}", "crosspost_parent_list": [original]}


def _preview(host: str, name: str) -> dict[str, Any]:
    source = {"url": f"https://{host}.redd.it/{name}?auto=webp&s=sandbox", **_SIZE}
    return {"enabled": True, "images": [{"id": name, "source": source, "resolutions": [source], "variants": {}}]}


def _gallery(post: Post, gallery: Gallery) -> dict[str, Any]:
    items, metadata = [], {}
    for number, (name, caption) in enumerate(gallery.items):
        media_id, _, suffix = name.partition(".")
        items.append({"id": number, "media_id": media_id} | ({"caption": caption} if caption else {}))
        url = f"https://preview.redd.it/{name}?width=320&format=pjpg&auto=webp&s=sandbox"
        kind, source = f"image/{suffix}", {"u": url, "x": _SIZE["width"], "y": _SIZE["height"]}
        facts = {"e": "Image", "m": kind, "id": media_id, "s": source}
        metadata[media_id] = {"status": "valid"} | facts if suffix else {"status": "failed"}
    url = f"https://www.reddit.com/gallery/{post.id}"
    return {"url": url, "is_gallery": True, "gallery_data": {"items": items}, "media_metadata": metadata}


def _video(video: HostedVideo) -> dict[str, Any]:
    base = f"https://v.redd.it/{video.id}"
    media = {
        "reddit_video": {
            "fallback_url": f"{base}/CMAF_360.mp4?source=fallback",
            "dash_url": f"{base}/DASHPlaylist.mpd?a=1&v=1&f=sd",
            "hls_url": f"{base}/HLSPlaylist.m3u8?a=1&v=1&f=sd",
            "bitrate_kbps": 300,
            "height": 360,
            "width": 640,
            "duration": 2,
            "has_audio": video.sound,
            "is_gif": False,
            "transcoding_status": "completed",
        }
    }
    preview = _preview("external-preview", "photo-49.jpg")
    return {"url": base, "is_video": True, "secure_media": media, "media": media, "preview": preview}


def listing_json(post: Post) -> list[dict[str, Any]]:
    """Return the two listings of a comments page: the post, and no comments."""
    children = [] if post.missing else [{"kind": "t3", "data": post_json(post)}]
    return [{"kind": "Listing", "data": {"children": some, "after": None}} for some in (children, [])]


def escape_json(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return JSON with ``&``, ``<`` and ``>`` escaped in every text: what Reddit sends without ``raw_json=1``."""
    if isinstance(value, str):
        return html.escape(value, quote=False)
    if isinstance(value, list):
        return [escape_json(item) for item in value]
    if isinstance(value, dict):
        return {key: escape_json(item) for key, item in value.items()}
    return value
