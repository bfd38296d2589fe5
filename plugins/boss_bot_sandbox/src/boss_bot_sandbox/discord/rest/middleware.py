"""What every REST request passes through: the record, rate limits, the token, refusals.

The order is Discord's: first the limits, then the token, then the resource.

Faults on purpose, before or after a request takes effect.

They stand before everything else, as the proxy stands before Discord.
"""

from __future__ import annotations

import asyncio
import time
from http.client import responses
from typing import TYPE_CHECKING

from aiohttp import web

from boss_bot_sandbox.connection_reset import reset
from boss_bot_sandbox.discord.errors import ApiError, Refusal
from boss_bot_sandbox.discord.events import FaultHappened, RequestServed
from boss_bot_sandbox.discord.faults import Delay, Effect, Limited, Refused, Reset, Status
from boss_bot_sandbox.discord.options import TooLargeVariant
from boss_bot_sandbox.discord.rest.rate_limits import LIMITS
from boss_bot_sandbox.discord.rest.request import FAULTS, path_of, recorded_path, world_of
from boss_bot_sandbox.discord.rest.request_body import drain
from boss_bot_sandbox.discord.rest.responses import json_answer, proxy_page, rate_limited, refusal

if TYPE_CHECKING:
    from aiohttp.typedefs import Handler


@web.middleware
async def record(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Write every request into the transcript."""
    started_s = time.monotonic()
    status: int | None = None
    try:
        answer = await handler(request)
        status = answer.status if request.transport is not None and not request.transport.is_closing() else None
        return answer
    finally:
        took_s = time.monotonic() - started_s
        world_of(request).publish(RequestServed(request.method, recorded_path(request), status, took_s))


@web.middleware
async def limit_rate(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Count the request in its bucket and describe the bucket in the answer."""
    bucket = request.app[LIMITS].bucket(request, path_of(request))
    wait_s = bucket.use()
    answer = rate_limited(round(wait_s, 3), everywhere=False) if wait_s else await handler(request)
    bucket.describe(answer)
    return answer


@web.middleware
async def refuse(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn refusals into answers, and check the token where the path carries none itself."""
    if "token" not in request.match_info and not _authorised(request):
        await drain(request)
        return refusal(ApiError(Refusal.UNAUTHORIZED))
    try:
        return await handler(request)
    except ApiError as error:
        await drain(request)
        return refusal(error)
    except web.HTTPException as error:
        return json_answer({"message": f"{error.status}: {error.reason}", "code": 0}, error.status)


def _authorised(request: web.Request) -> bool:
    return request.headers.get("Authorization") == f"Bot {world_of(request).options.token}"


@web.middleware
async def fail_on_purpose(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let the request meet the fault that was ordered for it, if any."""
    fault = request.app[FAULTS].take(request.method, path_of(request))
    if fault is None:
        return await handler(request)
    where = f"{request.method} {recorded_path(request)}"
    world_of(request).publish(FaultHappened(f"{fault.effect}{' after applying' if fault.applied else ''}", where))
    if fault.applied:
        answer = await handler(request)
        return await _suffer(request, fault.effect) or answer
    return await _suffer(request, fault.effect) or await handler(request)


async def _suffer(request: web.Request, effect: Effect) -> web.StreamResponse | None:
    match effect:
        case Delay(delay_s):
            await asyncio.sleep(delay_s)
            return None
        case Reset():
            reset(request)
            return web.Response(status=499)
    await drain(request)
    bucket = request.app[LIMITS].bucket(request, path_of(request))
    match effect:
        case Limited(retry_after_s, everywhere):
            answer = rate_limited(retry_after_s, everywhere=everywhere)
            bucket.describe(answer)
        case Status(status):
            # 520 to 527 are the proxy's own and not in the standard's list.
            answer = proxy_page(status, responses.get(status, "Web server error"))
        case Refused(TooLargeVariant.CLOUDFLARE):
            answer = proxy_page(413, "Request Entity Too Large")
        case Refused():
            answer = refusal(ApiError(Refusal.TOO_LARGE))
    return answer
