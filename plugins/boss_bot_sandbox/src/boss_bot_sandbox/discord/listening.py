"""Listening on loopback, and not being there during an outage.

It exists apart from the server object because it is all there is to say about sockets.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aiohttp import web

from boss_bot_sandbox.discord.sockets import reset

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from aiohttp.typedefs import Handler, Middleware

    from boss_bot_sandbox.discord.faults import FaultPlan

HOST = "127.0.0.1"


def outage_middleware(plan: FaultPlan, *prefixes: str) -> Middleware:
    """Return a middleware that resets every connection to these paths while there is an outage."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        if plan.outage and request.path.startswith(prefixes):
            reset(request)
            return web.Response(status=499)
        return await handler(request)

    return middleware


@asynccontextmanager
async def listening(
    application: web.Application, port: int, before_closing: Callable[[], Awaitable[None]]
) -> AsyncIterator[int]:
    """Serve an application on loopback and yield its port.

    Args:
        application: What to serve.
        port: The port; 0 takes a free one.
        before_closing: What ends connections that would otherwise keep the server open.
    """
    # Handlers see that a client has gone only when they are cancelled; uploads cut short must not go on.
    runner = web.AppRunner(application, handler_cancellation=True, access_log=None, shutdown_timeout=2.0)
    await runner.setup()
    try:
        site = web.TCPSite(runner, HOST, port)
        await site.start()
        yield int(runner.addresses[0][1])
        await before_closing()
    finally:
        await runner.cleanup()
