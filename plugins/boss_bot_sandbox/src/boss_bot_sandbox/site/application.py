"""The whole site as one aiohttp application: which host name gets which stand-in.

The site's own remote control, for tests that run it as a process: the log, forgetting, and X's moods.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import attrs
from aiohttp import web

from boss_bot_sandbox.site.files import files_app
from boss_bot_sandbox.site.files.file_routes import ATTEMPTS
from boss_bot_sandbox.site.files.library_files import LIBRARY
from boss_bot_sandbox.site.media.library import MediaLibrary
from boss_bot_sandbox.site.reddit import reddit_apps
from boss_bot_sandbox.site.request_log import REQUESTS, RequestLog, record_site_request
from boss_bot_sandbox.site.twitter import twitter_apps
from boss_bot_sandbox.site.twitter.api import GUEST_TOKENS, GuestTokenSettings


def build_app(library: MediaLibrary) -> web.Application:
    """Build the application: one domain per stand-in, the file host for every other name."""
    app = web.Application(middlewares=[record_site_request])
    app[REQUESTS], app[ATTEMPTS], app[LIBRARY], app[GUEST_TOKENS] = (
        RequestLog(),
        Counter(),
        library,
        GuestTokenSettings(),
    )
    files = files_app()
    files.add_routes(routes)
    for host, inner in (*twitter_apps(), *reddit_apps(), ("*", files)):
        app.add_domain(host, inner)
    return app


PREFIX = "/-/"

routes = web.RouteTableDef()


def reset_site(app: Mapping[Any, Any]) -> None:
    """Empty the log, the counters of ``cut`` and ``flaky``, and put X back into its friendly mood."""
    app[REQUESTS].clear()
    app[ATTEMPTS].clear()
    app[GUEST_TOKENS].reset()


@routes.get(PREFIX + "requests")
async def get_requests(request: web.Request) -> web.Response:
    """Return every recorded request, oldest first."""
    return web.json_response([attrs.asdict(record) for record in request.config_dict[REQUESTS]])


@routes.post(PREFIX + "reset")
async def post_reset(request: web.Request) -> web.Response:
    """Forget everything; see ``forget``."""
    reset_site(request.config_dict)
    return web.Response(status=204)


@routes.post(PREFIX + "guest-tokens")
async def post_guest_token_status(request: web.Request) -> web.Response:
    """Let X answer ``?status=`` when asked for a guest token."""
    request.config_dict[GUEST_TOKENS].status = int(request.query["status"])
    return web.Response(status=204)
