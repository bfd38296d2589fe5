"""Routes that send a real file, each with its own manner of arriving."""

from collections import Counter
from typing import Final

from aiohttp import web

from boss_bot_sandbox.site.files import paces
from boss_bot_sandbox.site.files.library_files import find_payload
from boss_bot_sandbox.site.files.response import ResponseOptions, send_payload
from boss_bot_sandbox.site.media.payload import content_type

routes = web.RouteTableDef()

ATTEMPTS: Final = web.AppKey("attempts", Counter[str])
"""How often each path was asked; the site forgets it on ``reset``."""

TRICKLE_BYTES_S: Final = 1024


def is_failing_attempt(request: web.Request, times: int) -> bool:
    """Count this request and return whether it is among the first ``times`` for its path and query."""
    attempts = request.config_dict[ATTEMPTS]
    attempts[request.path_qs] += request.method != "HEAD"
    return attempts[request.path_qs] <= times


def _honest(name: str) -> ResponseOptions:
    return ResponseOptions(content_type=content_type(name))


@routes.get("/files/{name}")
async def send_plain(request: web.Request) -> web.StreamResponse:
    """Send with Content-Length and Range."""
    name = request.match_info["name"]
    return await send_payload(request, await find_payload(request, name), _honest(name))


@routes.get("/unsized/{name}")
async def send_unsized(request: web.Request) -> web.StreamResponse:
    """Send chunked, without Content-Length and without Range."""
    name = request.match_info["name"]
    answer = ResponseOptions(content_type=content_type(name), ranges=False, sized=False)
    return await send_payload(request, await find_payload(request, name), answer)


@routes.get("/norange/{name}")
async def send_without_ranges(request: web.Request) -> web.StreamResponse:
    """Send with Content-Length, but ignore Range: always the whole file."""
    name = request.match_info["name"]
    return await send_payload(
        request, await find_payload(request, name), ResponseOptions(content_type=content_type(name), ranges=False)
    )


@routes.get(r"/throttled/{rate:[1-9]\d*}/{name}")
async def send_throttled(request: web.Request) -> web.StreamResponse:
    """Send ``rate`` bytes a second."""
    name = request.match_info["name"]
    pace = paces.throttle(int(request.match_info["rate"]))
    return await send_payload(request, await find_payload(request, name), _honest(name), pace)


@routes.get("/trickle/{name}")
async def send_trickle(request: web.Request) -> web.StreamResponse:
    """Send one kilobyte a second."""
    name = request.match_info["name"]
    return await send_payload(
        request, await find_payload(request, name), _honest(name), paces.throttle(TRICKLE_BYTES_S)
    )


@routes.get(r"/stalling/{after:\d+}/{name}")
async def send_stalling(request: web.Request) -> web.StreamResponse:
    """Send ``after`` bytes, then nothing."""
    name = request.match_info["name"]
    pace = paces.stall(int(request.match_info["after"]))
    return await send_payload(request, await find_payload(request, name), _honest(name), pace)


@routes.get(r"/cut/{after:\d+}/{times:\d+}/{name}")
async def send_cut(request: web.Request) -> web.StreamResponse:
    """Reset the connection after ``after`` bytes of each of the first ``times`` requests."""
    name = request.match_info["name"]
    payload = await find_payload(request, name)
    if is_failing_attempt(request, int(request.match_info["times"])):
        return await send_payload(request, payload, _honest(name), paces.cut(int(request.match_info["after"])))
    return await send_payload(request, payload, _honest(name))


@routes.get("/endless/{name}")
async def send_endless(request: web.Request) -> web.StreamResponse:
    """Send without Content-Length and never stop."""
    name = request.match_info["name"]
    answer = ResponseOptions(content_type=content_type(name), ranges=False, sized=False)
    return await send_payload(request, await find_payload(request, name), answer, paces.endless)
