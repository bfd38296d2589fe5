"""The stand-in for X: the parts of its API, pages and media hosts that the real engines use."""

from collections.abc import Iterable, Iterator

from aiohttp import web

from boss_bot_sandbox.site.twitter import api, media_host, pages, profiles, syndication
from boss_bot_sandbox.site.twitter.model import Author, Photo, Tweet, Video
from boss_bot_sandbox.site.twitter.tweets import TWEETS, tweet

__all__ = ["TWEETS", "Author", "Photo", "Tweet", "Video", "tweet", "twitter_hosts"]

_REDIRECTED = ("twitter.com", "*.twitter.com", "fxtwitter.com", "*.fxtwitter.com", "vxtwitter.com", "*.vxtwitter.com")


def twitter_hosts() -> Iterator[tuple[str, Iterable[web.AbstractRouteDef]]]:
    """Yield the host patterns of X, each with its routes."""
    for host in ("x.com", "*.x.com"):
        yield host, [*api.routes, *profiles.routes, *pages.web_routes]
    yield "pbs.twimg.com", media_host.picture_routes
    yield "video.twimg.com", media_host.video_routes
    yield "abs.twimg.com", pages.script_routes
    yield "cdn.syndication.twimg.com", syndication.routes
    yield "t.co", pages.short_routes
    for host in _REDIRECTED:
        yield host, [web.get("/{rest:.*}", pages.redirect_to_x)]
