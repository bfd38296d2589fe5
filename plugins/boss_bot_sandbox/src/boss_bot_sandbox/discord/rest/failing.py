"""Faults on purpose, before or after a request takes effect.

They stand before everything else, as the proxy stands before Discord.
"""

from __future__ import annotations

import asyncio
from http.client import responses
from typing import TYPE_CHECKING

from aiohttp import web

from boss_bot_sandbox.discord.errors import ApiError, Refusal
from boss_bot_sandbox.discord.events import FaultHappened
from boss_bot_sandbox.discord.faults import Delay, Effect, Limited, Refused, Reset, Status
from boss_bot_sandbox.discord.options import TooLargeVariant
from boss_bot_sandbox.discord.rest.answers import proxy_page, rate_limited, refusal
from boss_bot_sandbox.discord.rest.context import FAULTS, path_of, recorded_path, world_of
from boss_bot_sandbox.discord.rest.forms import drain
from boss_bot_sandbox.discord.rest.ratelimits import LIMITS
from boss_bot_sandbox.discord.sockets import reset

if TYPE_CHECKING:
    from aiohttp.typedefs import Handler


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
