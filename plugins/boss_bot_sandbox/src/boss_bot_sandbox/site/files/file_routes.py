"""Routes that send a media file, each with another transfer behaviour: plain, slow, stalling, cut or endless."""

from collections import Counter
from typing import Final

from aiohttp import web

from boss_bot_sandbox.site.files import paces
from boss_bot_sandbox.site.files.library_files import find_payload, send_file
from boss_bot_sandbox.site.files.response import ResponseOptions, send_payload, send_steadily
from boss_bot_sandbox.site.media.payload import content_type

routes = web.RouteTableDef()

ATTEMPTS: Final = web.AppKey("attempts", Counter[str])
"""Number of requests per path and query; ``reset`` empties it."""

TRICKLE_BYTES_S: Final = 1024


def is_failing_attempt(request: web.Request, times: int) -> bool:
    """Count this request and return whether it is among the first ``times`` for its path and query."""
    attempts = request.config_dict[ATTEMPTS]
    attempts[request.path_qs] += request.method != "HEAD"
    return attempts[request.path_qs] <= times


@routes.get("/files/{name}")
async def send_plain(request: web.Request) -> web.StreamResponse:
    """Send with Content-Length and Range."""
    return await send_file(request, request.match_info["name"])


@routes.get("/unsized/{name}")
async def send_unsized(request: web.Request) -> web.StreamResponse:
    """Send chunked, without Content-Length and without Range."""
    return await send_file(request, request.match_info["name"], ranges=False, sized=False)


@routes.get("/norange/{name}")
async def send_without_ranges(request: web.Request) -> web.StreamResponse:
    """Send with Content-Length, but ignore Range: always the whole file."""
    return await send_file(request, request.match_info["name"], ranges=False)


@routes.get(r"/throttled/{rate:[1-9]\d*}/{name}")
async def send_throttled(request: web.Request) -> web.StreamResponse:
    """Send ``rate`` bytes a second."""
    return await send_file(request, request.match_info["name"], paces.throttle(int(request.match_info["rate"])))


@routes.get("/trickle/{name}")
async def send_trickle(request: web.Request) -> web.StreamResponse:
    """Send one kilobyte a second."""
    return await send_file(request, request.match_info["name"], paces.throttle(TRICKLE_BYTES_S))


@routes.get(r"/stalling/{after:\d+}/{name}")
async def send_stalling(request: web.Request) -> web.StreamResponse:
    """Send ``after`` bytes, then nothing."""
    return await send_file(request, request.match_info["name"], paces.stall(int(request.match_info["after"])))


@routes.get(r"/cut/{after:\d+}/{times:\d+}/{name}")
async def send_cut(request: web.Request) -> web.StreamResponse:
    """Reset the connection after ``after`` bytes of each of the first ``times`` requests."""
    name = request.match_info["name"]
    # Looked up first: a request for an unknown file does not count as an attempt.
    payload = await find_payload(request, name)
    fails = is_failing_attempt(request, int(request.match_info["times"]))
    pace = paces.cut(int(request.match_info["after"])) if fails else send_steadily
    return await send_payload(request, payload, ResponseOptions(content_type=content_type(name)), pace)


@routes.get("/endless/{name}")
async def send_endless(request: web.Request) -> web.StreamResponse:
    """Send without Content-Length and never stop."""
    return await send_file(request, request.match_info["name"], paces.endless, ranges=False, sized=False)
