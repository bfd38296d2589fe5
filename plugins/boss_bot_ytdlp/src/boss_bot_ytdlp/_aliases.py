"""Forms of one address that yt-dlp does not know, or knows under another key, brought to the one it does.

It exists because a media key has to be the same for every form of a link, and because a tweet that the other engine
cannot fetch arrives here as it was typed: `fxtwitter.com/…`.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import Final

import attrs

from boss_bot_core.plugin import Link


@attrs.frozen
class Alias:
    """An address in its canonical form.

    Attributes:
        key: Media key, such as `twitter:123`.
        url: What the engine's extractor matches.
    """

    key: str
    url: str


def _twitter(link: Link) -> Alias | None:
    parts = link.segments
    for position, part in enumerate(parts[:-1]):
        if part in {"status", "statuses"} and parts[position + 1].isdigit():
            post = parts[position + 1]
            return Alias(f"twitter:{post}", f"https://x.com/i/status/{post}")
    return None


def _reddit(link: Link) -> Alias | None:
    parts = link.segments
    if link.host == "redd.it" and len(parts) == 1:
        post = parts[0]
    elif link.host == "v.redd.it" and parts:
        # Only a request tells which post the video belongs to, and matching makes none.
        return Alias(f"v.redd.it:{parts[0]}", f"https://v.redd.it/{parts[0]}")
    else:
        post = next((after for name, after in pairwise(parts) if name in {"comments", "gallery"}), "")
    if not post.isalnum():
        return None
    return Alias(f"reddit:{post}", f"https://www.reddit.com/comments/{post}")


def _youtube(link: Link) -> Alias | None:
    parts = link.segments
    if link.host == "youtu.be":
        video = parts[0] if parts else ""
    elif len(parts) == 2 and parts[0] in {"shorts", "embed", "live", "v"}:
        video = parts[1]
    else:
        video = link.query_value("v") or ""
    if len(video) != 11 or video == "videoseries":
        return None
    return Alias(f"youtube:{video}", f"https://www.youtube.com/watch?v={video}")


_SITES: Final[tuple[tuple[tuple[str, ...], Callable[[Link], Alias | None]], ...]] = (
    (("x.com", "twitter.com", "fxtwitter.com", "vxtwitter.com", "fixupx.com", "fixvx.com", "twittpr.com"), _twitter),
    (("reddit.com", "redd.it"), _reddit),
    (("youtube.com", "youtu.be", "youtube-nocookie.com"), _youtube),
)


def alias_of(link: Link) -> Alias | None:
    """Return the canonical form of an address whose forms are known here, or None."""
    return next((alias(link) for hosts, alias in _SITES if link.on_host(*hosts)), None)
