"""Claims links to posts on X, in all the forms that people share."""

import re
from typing import Final

from boss_bot_core.plugin import Link, Specificity, UrlMatch
from boss_bot_gallerydl import ENGINE

_X_HOSTS: Final = ("x.com", "twitter.com")
_MIRROR_HOSTS: Final = (
    "fxtwitter.com",
    "vxtwitter.com",
    "fixupx.com",
    "fixvx.com",
    "twittpr.com",
    "girlcockx.com",
    "nitter.net",
    "nitter.poast.org",
    "xcancel.com",
)
"""Sites that show X's posts under X's own paths, also on subdomains such as `d.fxtwitter.com`."""

_POST: Final = re.compile(
    r"/(?:i/web|[^/]+)/status(?:es)?/(?P<id>[0-9]{1,20})(?![0-9])(?:/(?:photo/|video/)?(?P<part>[1-9][0-9]?)(?=/|$))?"
)


def match_link(link: Link) -> UrlMatch | None:
    """Claim a link to a post, or to one of its photos and videos; timelines, lists and searches are not claimed.

    X counts all media of a post together, so `photo/2` and `video/2` are the same one.
    """
    found = _POST.match(link.path) if link.on_host(*_X_HOSTS, *_MIRROR_HOSTS) else None
    post_id = found["id"].lstrip("0") if found else ""
    if found is None or not post_id:
        return None
    part = found["part"]
    reason = "a post on X" if link.on_host(*_X_HOSTS) else f"a post on X, shown by {link.host}"
    return UrlMatch(
        media_key=f"twitter:{post_id}:{part}" if part else f"twitter:{post_id}",
        url=f"https://x.com/i/status/{post_id}/photo/{part}" if part else f"https://x.com/i/status/{post_id}",
        specificity=Specificity.PLATFORM,
        engine=ENGINE,
        reason=reason,
    )
