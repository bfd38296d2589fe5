"""HTTP responses as Discord and the proxy in front of it send them.

The content type must be exactly ``application/json``: clients take any other type for a page of the proxy.
"""

from __future__ import annotations

import json

from aiohttp import web

from boss_bot_sandbox.discord.errors import ApiError, TooLargeError

_PAGE = """<html>
<head><title>{status} {reason}</title></head>
<body>
<center><h1>{status} {reason}</h1></center>
<hr><center>cloudflare</center>
</body>
</html>
"""


def json_response(body: object, status: int = 200) -> web.Response:
    """Return a JSON response."""
    data = json.dumps(body, separators=(",", ":")).encode()
    return web.Response(body=data, status=status, headers={"Content-Type": "application/json"})


def empty_response() -> web.Response:
    """Return an empty response with status 204."""
    return web.Response(status=204)


def proxy_page(status: int, reason: str) -> web.Response:
    """Return an error page of the proxy, which contains no JSON."""
    return web.Response(text=_PAGE.format(status=status, reason=reason), status=status, content_type="text/html")


def error_response(error: ApiError) -> web.Response:
    """Return the response for an API error."""
    if isinstance(error, TooLargeError) and error.by_proxy:
        return proxy_page(413, "Request Entity Too Large")
    return json_response(error.body(), error.kind.status)


def rate_limit_response(retry_after_s: float, *, everywhere: bool) -> web.Response:
    """Return a response with status 429 and the time to wait."""
    body = {"message": "You are being rate limited.", "retry_after": retry_after_s, "global": everywhere}
    response = json_response(body, 429)
    response.headers["Retry-After"] = f"{retry_after_s:.3f}"
    response.headers["X-RateLimit-Scope"] = "global" if everywhere else "user"
    if everywhere:
        response.headers["X-RateLimit-Global"] = "true"
    return response
