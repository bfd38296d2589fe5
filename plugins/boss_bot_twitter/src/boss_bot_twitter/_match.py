"""Links to posts on X, in all the forms that people share."""

import re
from typing import Final

from boss_bot_core.plugin import Link, Specificity, UrlMatch

_ITSELF: Final = ("x.com", "twitter.com")
_FIXERS: Final = (
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
"""Sites that show X's posts under X's own paths, also below prefixes such as `d.fxtwitter.com`."""

_POST: Final = re.compile(r"/(?:i/web|[^/]+)/status(?:es)?/(?P<id>[0-9]{1,20})(?![0-9])")


def post_id(link: Link) -> str | None:
    """Return the number of the post that a link leads to, or None."""
    if not link.on_host(*_ITSELF, *_FIXERS):
        return None
    found = _POST.match(link.path)
    return found["id"].lstrip("0") or None if found else None


def match(link: Link) -> UrlMatch | None:
    """Claim a link to a post; timelines, lists and searches are nobody's single download."""
    post = post_id(link)
    if post is None:
        return None
    kind = "a post on X" if link.on_host(*_ITSELF) else f"a post on X, shown by {link.host}"
    return UrlMatch(
        media_key=f"twitter:{post}",
        url=f"https://x.com/i/status/{post}",
        specificity=Specificity.PLATFORM,
        engine="gallery-dl",
        reason=kind,
    )
