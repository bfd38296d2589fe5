"""The media site as one aiohttp application: which host name is answered by which stand-in, and the control routes.

Tests that run the site as a process use the control routes: they read the request log, reset the site, and set X's
answer to requests for guest tokens.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import attrs
from aiohttp import web

from boss_bot_sandbox.site.files import file_host_routes
from boss_bot_sandbox.site.files.file_routes import ATTEMPTS
from boss_bot_sandbox.site.files.library_files import LIBRARY
from boss_bot_sandbox.site.media.library import MediaLibrary
from boss_bot_sandbox.site.reddit import reddit_hosts
from boss_bot_sandbox.site.request_log import REQUESTS, RequestLog, record_site_request
from boss_bot_sandbox.site.twitter import twitter_hosts
from boss_bot_sandbox.site.twitter.api import GUEST_TOKENS, GuestTokenSettings

PREFIX = "/-/"

routes = web.RouteTableDef()


def reset_site(app: Mapping[Any, Any]) -> None:
    """Empty the request log and the counters of ``cut`` and ``flaky``; let X hand out guest tokens again."""
    app[REQUESTS].clear()
    app[ATTEMPTS].clear()
    app[GUEST_TOKENS].reset()


@routes.get(PREFIX + "requests")
async def get_requests(request: web.Request) -> web.Response:
    """Return every recorded request, oldest first."""
    return web.json_response([attrs.asdict(record) for record in request.config_dict[REQUESTS]])


@routes.post(PREFIX + "reset")
async def post_reset(request: web.Request) -> web.Response:
    """Reset the site; see `reset_site`."""
    reset_site(request.config_dict)
    return web.Response(status=204)


@routes.post(PREFIX + "guest-tokens")
async def post_guest_token_status(request: web.Request) -> web.Response:
    """Set the status of X's answer to a request for a guest token."""
    request.config_dict[GUEST_TOKENS].status = int(request.query["status"])
    return web.Response(status=204)


def build_app(library: MediaLibrary) -> web.Application:
    """Build the application: one domain per stand-in, the file routes for every other name."""
    app = web.Application(middlewares=[record_site_request])
    app[REQUESTS] = RequestLog()
    app[ATTEMPTS] = Counter()
    app[LIBRARY] = library
    app[GUEST_TOKENS] = GuestTokenSettings()
    for host, table in (*twitter_hosts(), *reddit_hosts(), ("*", [*file_host_routes(), *routes])):
        inner = web.Application()
        inner.add_routes(table)
        app.add_domain(host, inner)
    return app
