"""The plain file host: direct links to media, each with its own way to go wrong."""

from aiohttp import web

from boss_bot_sandbox.site.files import error_routes, file_routes, stream_routes


def files_app() -> web.Application:
    """Build the application that answers for every host no other application stands in for."""
    app = web.Application()
    app.add_routes([*file_routes.routes, *error_routes.routes, *stream_routes.routes])
    return app
