"""The plain file host: direct links to media files, each with another way to fail."""

from collections.abc import Iterator

from aiohttp import web

from boss_bot_sandbox.site.files import (
    error_routes,
    file_routes,
    header_routes,
    login_routes,
    refusal_routes,
    replaced_routes,
    stream_routes,
)


def file_host_routes() -> Iterator[web.AbstractRouteDef]:
    """Yield the routes of every host name that no stand-in answers for."""
    yield from file_routes.routes
    yield from header_routes.routes
    yield from replaced_routes.routes
    yield from refusal_routes.routes
    yield from error_routes.routes
    yield from login_routes.routes
    yield from stream_routes.routes
