"""Routes that answer a request for a file with words: a login page, or a reason as text, JSON, XML or a page."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from aiohttp import web

routes = web.RouteTableDef()

LOGIN_PAGE: Final = "<!doctype html><title>Members</title><form method=post><input name=pw type=password></form>"

REASONS: Final[Mapping[str, tuple[int, str, str]]] = MappingProxyType(
    {
        "expired-text": (200, "text/plain", "URL signature expired"),
        "expired-xml": (
            403,
            "application/xml",
            '<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>',
        ),
        "missing-json": (200, "application/json", '{"ok": false, "error": {"message": "File does not exist"}}'),
        "missing-page": (200, "text/html", "<!doctype html><title>404 Not Found</title><h1>Not here</h1>"),
        "denied-text": (200, "text/plain; charset=utf-8", "Access denied: \u202eno **hotlinks** @everyone"),
        "login-json": (403, "application/json", '{"detail": "You must be logged in."}'),
        "unknown-text": (200, "text/plain", "ok " * 200),
    }
)
"""Status, media type and body of each reason."""


@routes.get("/login/{name}")
async def redirect_to_login(_: web.Request) -> web.StreamResponse:
    """Redirect to a page that wants a login."""
    return web.Response(status=302, headers={"Location": "/accounts/login?next=/x"})


@routes.get("/accounts/login")
@routes.get("/walled/{name}")
async def send_login_page(_: web.Request) -> web.StreamResponse:
    """Send a page with a field for a password."""
    return web.Response(text=LOGIN_PAGE, content_type="text/html")


@routes.get("/reason/{reason}/{name}")
async def send_reason(request: web.Request) -> web.StreamResponse:
    """Send one of `REASONS`."""
    status, media_type, body = REASONS[request.match_info["reason"]]
    return web.Response(status=status, headers={"Content-Type": media_type}, body=body.encode())
