"""The canonical form of X, Reddit and YouTube links, which yt-dlp accepts under one media key.

A media key has to be the same for every form of a link and in every plugin. A link of a mirror site (`fxtwitter.com/…`)
that the gallery-dl engine cannot fetch also needs its canonical form, because yt-dlp does not know the mirror.
"""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Final

import attrs

from boss_bot_core.plugin import Link


@attrs.frozen
class CanonicalLink:
    """A link in its canonical form.

    Attributes:
        media_key: Media key, such as `twitter:123`.
        url: Address that yt-dlp's extractor matches.
    """

    media_key: str
    url: str


_TWITTER_POST: Final = re.compile(
    r"/status(?:es)?/(?P<id>[0-9]+)(?![0-9])(?:/(?:photo/|video/)?(?P<part>[1-9][0-9]?)(?=/|$))?"
)


def _parse_twitter(link: Link) -> CanonicalLink | None:
    found = _TWITTER_POST.search(link.path)
    if found is None or not (post := found["id"].lstrip("0")):
        return None
    key, url = f"twitter:{post}", f"https://x.com/i/status/{post}"
    # X counts photos and videos together.
    return (
        CanonicalLink(f"{key}:{found['part']}", f"{url}/photo/{found['part']}")
        if found["part"]
        else CanonicalLink(key, url)
    )


def _parse_reddit(link: Link) -> CanonicalLink | None:
    parts = link.segments
    if link.host == "v.redd.it" and parts:
        # Only a request could tell which post a video or a share belongs to, and matching makes no requests.
        return CanonicalLink(f"reddit:v:{parts[0]}", f"https://v.redd.it/{parts[0]}")
    if len(parts) == 4 and parts[2] == "s":
        return CanonicalLink(f"reddit:s:{parts[3]}", f"https://www.reddit.com/{'/'.join(parts)}")
    if link.host == "redd.it" and len(parts) == 1:
        post = parts[0].lower()
    else:
        post = next((after.lower() for name, after in pairwise(parts) if name in {"comments", "gallery"}), "")
    return CanonicalLink(f"reddit:{post}", f"https://www.reddit.com/comments/{post}") if post.isalnum() else None


def _parse_youtube(link: Link) -> CanonicalLink | None:
    parts = link.segments
    if link.host == "youtu.be":
        video = parts[0] if parts else ""
    elif len(parts) == 2 and parts[0] in {"shorts", "embed", "live", "v"}:
        video = parts[1]
    else:
        video = link.query_value("v") or ""
    if len(video) != 11 or video == "videoseries":
        return None
    return CanonicalLink(f"youtube:{video}", f"https://www.youtube.com/watch?v={video}")


_TWITTER_HOSTS: Final = (
    "x.com", "twitter.com", "fxtwitter.com", "vxtwitter.com", "fixupx.com", "fixvx.com", "twittpr.com", "girlcockx.com",
    "nitter.net", "nitter.poast.org", "xcancel.com",
)  # fmt: skip
_REDDIT_HOSTS: Final = ("reddit.com", "redd.it", "rxddit.com", "vxreddit.com")
_YOUTUBE_HOSTS: Final = ("youtube.com", "youtu.be", "youtube-nocookie.com")

_PARSERS: Final[tuple[tuple[tuple[str, ...], Callable[[Link], CanonicalLink | None]], ...]] = (
    (_TWITTER_HOSTS, _parse_twitter),
    (_REDDIT_HOSTS, _parse_reddit),
    (_YOUTUBE_HOSTS, _parse_youtube),
)


def find_canonical_link(link: Link) -> CanonicalLink | None:
    """Return the canonical form of a link to X, Reddit or YouTube, or None for other links."""
    return next((parse(link) for hosts, parse in _PARSERS if link.on_host(*hosts)), None)
