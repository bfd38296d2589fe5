"""What every REST request passes through: the record, rate limits, the token, refusals.

The order is Discord's: first the limits, then the token, then the resource.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from aiohttp import web

from boss_bot_sandbox.discord.errors import ApiError, Refusal
from boss_bot_sandbox.discord.events import RequestServed
from boss_bot_sandbox.discord.rest.answers import json_answer, rate_limited, refusal
from boss_bot_sandbox.discord.rest.context import path_of, recorded_path, world_of
from boss_bot_sandbox.discord.rest.forms import drain
from boss_bot_sandbox.discord.rest.ratelimits import LIMITS

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
