"""The whole site as one aiohttp application: which host name gets which stand-in."""

from collections import Counter

from aiohttp import web

from boss_bot_sandbox.site import control
from boss_bot_sandbox.site.files import files_app
from boss_bot_sandbox.site.files.bodies import LIBRARY
from boss_bot_sandbox.site.files.delivery import ATTEMPTS
from boss_bot_sandbox.site.journal import REQUESTS, RequestLog, journal
from boss_bot_sandbox.site.media.library import MediaLibrary
from boss_bot_sandbox.site.reddit import reddit_apps
from boss_bot_sandbox.site.twitter import twitter_apps
from boss_bot_sandbox.site.twitter.api import MOODS, Moods


def build_app(library: MediaLibrary) -> web.Application:
    """Build the application: one domain per stand-in, the file host for every other name."""
    app = web.Application(middlewares=[journal])
    app[REQUESTS], app[ATTEMPTS], app[LIBRARY], app[MOODS] = RequestLog(), Counter(), library, Moods()
    files = files_app()
    files.add_routes(control.routes)
    for host, inner in (*twitter_apps(), *reddit_apps(), ("*", files)):
        app.add_domain(host, inner)
    return app
