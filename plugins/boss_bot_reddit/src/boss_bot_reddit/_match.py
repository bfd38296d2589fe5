"""Claims links to posts and files on Reddit, in all the forms that people share."""

import re
from typing import Final
from urllib.parse import urlsplit

from boss_bot_core.plugin import Link, Specificity, UrlMatch
from boss_bot_gallerydl import ENGINE

_MIRROR_HOSTS: Final = ("rxddit.com", "vxreddit.com")
"""Sites that show Reddit's posts under Reddit's own paths."""

_POST: Final = re.compile(r"(?:/(?:r|u|user)/[^/]+)?/(?:comments|gallery)/(?P<id>[a-z0-9]{1,10})(?:/|$)", re.IGNORECASE)
_SHARE: Final = re.compile(r"(?P<feed>/(?:r|u|user)/[^/]+)/s/(?P<token>[A-Za-z0-9]{1,32})/?$")
_VIDEO_PAGE: Final = re.compile(r"/video/(?P<id>[a-z0-9]{1,32})/?$")
_SHORT: Final = re.compile(r"/(?P<id>[a-z0-9]{1,10})/?$", re.IGNORECASE)
_VIDEO: Final = re.compile(r"/(?P<id>[A-Za-z0-9]{1,32})(?:/|$)")
_PICTURE: Final = re.compile(r"/(?:[^/]*-v0-)?(?P<name>[A-Za-z0-9_-]{1,64}\.[A-Za-z0-9]{1,5})$")
_PICTURE_HOSTS: Final = frozenset({"i.redd.it", "preview.redd.it"})


def match_link(link: Link) -> UrlMatch | None:
    """Claim a link to one post or file; communities, profiles and searches are not claimed."""
    if link.on_host("reddit.com", *_MIRROR_HOSTS):
        return _match_reddit(link)
    if link.host in _PICTURE_HOSTS:
        return _claim_picture(link.path)
    if link.host == "v.redd.it":
        return _claim_video(_VIDEO.match(link.path))
    if link.host in ("redd.it", "www.redd.it"):
        return _claim_post(_SHORT.match(link.path))
    return None


def _match_reddit(link: Link) -> UrlMatch | None:
    if share := _SHARE.match(link.path):
        url = f"https://www.reddit.com{share['feed']}/s/{share['token']}"
        return _build_match(f"s:{share['token']}", url, "a shared post on Reddit")
    if link.path.rstrip("/") == "/media":
        target = urlsplit(link.query_value("url") or "")
        return _claim_picture(target.path) if target.hostname in _PICTURE_HOSTS else None
    return _claim_video(_VIDEO_PAGE.match(link.path)) or _claim_post(_POST.match(link.path))


def _claim_post(found: re.Match[str] | None) -> UrlMatch | None:
    if found is None:
        return None
    post = found["id"].lower()
    return _build_match(post, f"https://www.reddit.com/comments/{post}", "a post on Reddit")


def _claim_video(found: re.Match[str] | None) -> UrlMatch | None:
    return _build_match(f"v:{found['id']}", f"https://v.redd.it/{found['id']}", "a video on Reddit") if found else None


def _claim_picture(path: str) -> UrlMatch | None:
    found = _PICTURE.match(path)
    return (
        _build_match(f"i:{found['name']}", f"https://i.redd.it/{found['name']}", "a picture on Reddit")
        if found
        else None
    )


def _build_match(key: str, url: str, reason: str) -> UrlMatch:
    return UrlMatch(media_key=f"reddit:{key}", url=url, specificity=Specificity.PLATFORM, engine=ENGINE, reason=reason)
