"""The stand-in for Reddit: enough of its API, pages and media hosts for the real engines to work on."""

from collections.abc import Iterator

from aiohttp import web

from boss_bot_sandbox.site.reddit import api, media
from boss_bot_sandbox.site.reddit.model import Post
from boss_bot_sandbox.site.reddit.posts import POSTS, SHARES, post

__all__ = ["POSTS", "SHARES", "Post", "post", "reddit_apps"]


def reddit_apps() -> Iterator[tuple[str, web.Application]]:
    """Yield host pattern and application of everything that is Reddit."""
    for host, table in (
        ("reddit.com", api.routes),
        ("*.reddit.com", api.routes),
        ("redd.it", media.short_routes),
        ("v.redd.it", media.video_routes),
        ("*.redd.it", media.picture_routes),
        ("*.redditmedia.com", media.picture_routes),
    ):
        app = web.Application()
        app.add_routes(table)
        yield host, app
