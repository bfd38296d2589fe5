"""The stand-in for Reddit: the parts of its API, pages and media hosts that the real engines use."""

from collections.abc import Iterable, Iterator

from aiohttp import web

from boss_bot_sandbox.site.reddit import api, picture_host, video_host
from boss_bot_sandbox.site.reddit.model import Post
from boss_bot_sandbox.site.reddit.posts import POSTS, SHARES, post

__all__ = ["POSTS", "SHARES", "Post", "post", "reddit_hosts"]


def reddit_hosts() -> Iterator[tuple[str, Iterable[web.AbstractRouteDef]]]:
    """Yield the host patterns of Reddit, each with its routes."""
    yield "reddit.com", api.routes
    yield "*.reddit.com", api.routes
    yield "redd.it", picture_host.short_routes
    yield "v.redd.it", video_host.routes
    yield "*.redd.it", picture_host.routes
    yield "*.redditmedia.com", picture_host.routes
