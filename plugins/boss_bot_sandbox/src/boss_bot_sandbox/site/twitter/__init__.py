"""The stand-in for X: enough of its API, pages and media hosts for the real engines to work on."""

from collections.abc import Iterator

from aiohttp import web

from boss_bot_sandbox.site.twitter import api, pages
from boss_bot_sandbox.site.twitter.model import Author, Photo, Tweet, Video
from boss_bot_sandbox.site.twitter.tweets import TWEETS, tweet

__all__ = ["TWEETS", "Author", "Photo", "Tweet", "Video", "tweet", "twitter_apps"]

_REDIRECTED = ("twitter.com", "*.twitter.com", "fxtwitter.com", "*.fxtwitter.com", "vxtwitter.com", "*.vxtwitter.com")


def twitter_apps() -> Iterator[tuple[str, web.Application]]:
    """Yield host pattern and application of everything that is X."""
    for host, table in (
        ("x.com", [*api.routes, *pages.web_routes]),
        ("*.x.com", [*api.routes, *pages.web_routes]),
        ("pbs.twimg.com", pages.picture_routes),
        ("video.twimg.com", pages.video_routes),
        ("abs.twimg.com", pages.script_routes),
        ("cdn.syndication.twimg.com", pages.embed_routes),
        ("t.co", pages.short_routes),
        *((host, [web.get("/{rest:.*}", pages.to_x)]) for host in _REDIRECTED),
    ):
        app = web.Application()
        app.add_routes(table)
        yield host, app
