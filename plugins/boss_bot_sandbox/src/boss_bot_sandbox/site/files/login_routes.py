"""Routes that look at a login's cookie: for members only, or public but closed to a login that has ended.

A path that ends in ``/watch`` names no file, so that engines for pages take it.
"""

from typing import Final

from aiohttp import web

from boss_bot_sandbox.site.files.library_files import send_file

routes = web.RouteTableDef()

COOKIE: Final = "sess"
VALID: Final = "good"
"""The only value of the cookie that is a login."""


@routes.get("/members/{name}")
@routes.get("/members/{name}/watch")
async def send_to_members(request: web.Request) -> web.StreamResponse:
    """Send the file to a login; answer everyone else with 401."""
    if request.cookies.get(COOKIE) != VALID:
        return web.Response(status=401, text="Members only")
    return await send_file(request, request.match_info["name"])


@routes.get("/public/{name}")
@routes.get("/public/{name}/watch")
async def send_to_everyone(request: web.Request) -> web.StreamResponse:
    """Send the file, but answer a login that has ended with 401, as X does."""
    if request.cookies.get(COOKIE, VALID) != VALID:
        return web.Response(status=401, text="Could not authenticate you")
    return await send_file(request, request.match_info["name"])
