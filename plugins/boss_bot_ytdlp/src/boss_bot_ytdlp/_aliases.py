"""Forms of one address that yt-dlp does not know, or knows under another key, brought to the one it does.

It exists because a media key has to be the same for every form of a link and in every plugin, and because a tweet that
the other engine cannot fetch arrives here as it was typed: `fxtwitter.com/…`.
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
    for part, number in pairwise(link.segments):
        if part in {"status", "statuses"} and number.isdecimal():
            post = number.lstrip("0")
            return Alias(f"twitter:{post}", f"https://x.com/i/status/{post}")
    return None


def _reddit(link: Link) -> Alias | None:
    parts = link.segments
    if link.host == "v.redd.it" and parts:
        # Only a request tells which post a video or a share belongs to, and matching makes none.
        return Alias(f"reddit:v:{parts[0]}", f"https://v.redd.it/{parts[0]}")
    if len(parts) == 4 and parts[2] == "s":
        return Alias(f"reddit:s:{parts[3]}", f"https://www.reddit.com/{'/'.join(parts)}")
    if link.host == "redd.it" and len(parts) == 1:
        post = parts[0].lower()
    else:
        post = next((after.lower() for name, after in pairwise(parts) if name in {"comments", "gallery"}), "")
    return Alias(f"reddit:{post}", f"https://www.reddit.com/comments/{post}") if post.isalnum() else None


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


_X: Final = (
    "x.com", "twitter.com", "fxtwitter.com", "vxtwitter.com", "fixupx.com", "fixvx.com", "twittpr.com", "girlcockx.com",
    "nitter.net", "nitter.poast.org", "xcancel.com",
)  # fmt: skip
_REDDIT: Final = ("reddit.com", "redd.it", "rxddit.com", "vxreddit.com")
_YOUTUBE: Final = ("youtube.com", "youtu.be", "youtube-nocookie.com")

_SITES: Final[tuple[tuple[tuple[str, ...], Callable[[Link], Alias | None]], ...]] = (
    (_X, _twitter),
    (_REDDIT, _reddit),
    (_YOUTUBE, _youtube),
)


def alias_of(link: Link) -> Alias | None:
    """Return the canonical form of an address whose forms are known here, or None."""
    return next((alias(link) for hosts, alias in _SITES if link.on_host(*hosts)), None)
