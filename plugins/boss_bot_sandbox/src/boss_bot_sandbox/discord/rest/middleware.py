"""The middleware of all REST requests: event log, injected faults, rate limits, token check, error responses.

Faults come first, as the proxy is in front of Discord. Then follow the rate limits, the token and the resource, in
Discord's order.
"""

from __future__ import annotations

import asyncio
import time
from http.client import responses
from typing import TYPE_CHECKING

from aiohttp import web

from boss_bot_sandbox.connection_reset import reset_connection
from boss_bot_sandbox.discord.errors import ApiError, ApiErrorKind
from boss_bot_sandbox.discord.events import FaultHappened, RequestServed
from boss_bot_sandbox.discord.faults import Delay, Effect, Limited, Refused, Reset, Status
from boss_bot_sandbox.discord.options import TooLargeVariant
from boss_bot_sandbox.discord.rest.rate_limits import LIMITS
from boss_bot_sandbox.discord.rest.request import FAULTS, api_path, recorded_path, state_of
from boss_bot_sandbox.discord.rest.request_body import discard_body
from boss_bot_sandbox.discord.rest.responses import error_response, json_response, proxy_page, rate_limit_response

if TYPE_CHECKING:
    from aiohttp.typedefs import Handler


@web.middleware
async def record_rest_request(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Write every request to the event log."""
    started_s = time.monotonic()
    status: int | None = None
    try:
        response = await handler(request)
        status = response.status if request.transport is not None and not request.transport.is_closing() else None
        return response
    finally:
        took_s = time.monotonic() - started_s
        state_of(request).publish(RequestServed(request.method, recorded_path(request), status, took_s))


@web.middleware
async def apply_rate_limit(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Count the request in its bucket and add the headers of the bucket to the response."""
    bucket = request.app[LIMITS].bucket(request, api_path(request))
    wait_s = bucket.count_request()
    response = rate_limit_response(round(wait_s, 3), everywhere=False) if wait_s else await handler(request)
    bucket.add_headers(response)
    return response


@web.middleware
async def convert_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Check the bot's token unless the path contains one, and convert exceptions to error responses."""
    if "token" not in request.match_info and not _is_authorised(request):
        await discard_body(request)
        return error_response(ApiError(ApiErrorKind.UNAUTHORIZED))
    try:
        return await handler(request)
    except ApiError as error:
        await discard_body(request)
        return error_response(error)
    except web.HTTPException as error:
        return json_response({"message": f"{error.status}: {error.reason}", "code": 0}, error.status)


def _is_authorised(request: web.Request) -> bool:
    return request.headers.get("Authorization") == f"Bot {state_of(request).options.token}"


@web.middleware
async def inject_faults(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Apply the pending fault that matches the request, if any."""
    fault = request.app[FAULTS].take(request.method, api_path(request))
    if fault is None:
        return await handler(request)
    where = f"{request.method} {recorded_path(request)}"
    state_of(request).publish(FaultHappened(f"{fault.effect}{' after applying' if fault.applied else ''}", where))
    if fault.applied:
        response = await handler(request)
        return await _apply_effect(request, fault.effect) or response
    return await _apply_effect(request, fault.effect) or await handler(request)


async def _apply_effect(request: web.Request, effect: Effect) -> web.StreamResponse | None:
    match effect:
        case Delay(delay_s):
            await asyncio.sleep(delay_s)
            return None
        case Reset():
            reset_connection(request)
            return web.Response(status=499)
    await discard_body(request)
    bucket = request.app[LIMITS].bucket(request, api_path(request))
    match effect:
        case Limited(retry_after_s, everywhere):
            response = rate_limit_response(retry_after_s, everywhere=everywhere)
            bucket.add_headers(response)
        case Status(status):
            # 520 to 527 belong to the proxy and are not in the standard library's list.
            response = proxy_page(status, responses.get(status, "Web server error"))
        case Refused(TooLargeVariant.CLOUDFLARE):
            response = proxy_page(413, "Request Entity Too Large")
        case Refused():
            response = error_response(ApiError(ApiErrorKind.TOO_LARGE))
    return response
