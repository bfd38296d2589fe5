"""HTTP answers as Discord and the proxy before it write them.

The content type has to be exactly ``application/json``: clients take anything else for the proxy's page.
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
    """Return a JSON answer."""
    data = json.dumps(body, separators=(",", ":")).encode()
    return web.Response(body=data, status=status, headers={"Content-Type": "application/json"})


def empty_response() -> web.Response:
    """Return 204."""
    return web.Response(status=204)


def proxy_page(status: int, reason: str) -> web.Response:
    """Return an error page of the proxy; clients must not expect JSON in it."""
    return web.Response(text=_PAGE.format(status=status, reason=reason), status=status, content_type="text/html")


def error_response(error: ApiError) -> web.Response:
    """Return a refusal."""
    if isinstance(error, TooLargeError) and error.by_proxy:
        return proxy_page(413, "Request Entity Too Large")
    return json_response(error.body(), error.kind.status)


def rate_limit_response(retry_after_s: float, *, everywhere: bool) -> web.Response:
    """Return 429 with the time to wait."""
    body = {"message": "You are being rate limited.", "retry_after": retry_after_s, "global": everywhere}
    answer = json_response(body, 429)
    answer.headers["Retry-After"] = f"{retry_after_s:.3f}"
    answer.headers["X-RateLimit-Scope"] = "global" if everywhere else "user"
    if everywhere:
        answer.headers["X-RateLimit-Global"] = "true"
    return answer
