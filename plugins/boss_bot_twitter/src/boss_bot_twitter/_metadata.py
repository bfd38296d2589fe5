"""gallery-dl's metadata of a post on X in the shape of all platforms."""

from datetime import UTC, datetime

from boss_bot_core.plugin import MediaInfo
from boss_bot_gallerydl.engine import Metadata


def describe(post: Metadata) -> MediaInfo:
    """Return what a post is."""
    author = post.get("author") or {}
    date = post.get("date")
    known_date = isinstance(date, datetime) and bool(date)
    return MediaInfo(
        media_id=str(post["tweet_id"]),
        text=post.get("content") or None,
        author=author.get("nick") or author.get("name"),
        permalink=f"https://x.com/{author.get('name') or 'i'}/status/{post['tweet_id']}",
        created_at=date.replace(tzinfo=UTC) if known_date and isinstance(date, datetime) else None,
        adult=bool(post.get("sensitive") or post.get("sensitive_flags")),
    )
