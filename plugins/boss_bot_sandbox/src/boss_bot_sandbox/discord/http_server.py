"""The HTTP server of the local Discord: everything that it serves on loopback, and resets during an outage."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aiohttp import web

from boss_bot_sandbox.connection_reset import reset_connection
from boss_bot_sandbox.discord.cdn import Cdn
from boss_bot_sandbox.discord.control.application import CONTROL_PATH
from boss_bot_sandbox.discord.rest.application import build_rest_application
from boss_bot_sandbox.discord.rest.request import PREFIX

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from aiohttp.typedefs import Handler, Middleware

    from boss_bot_sandbox.discord.faults import FaultPlan
    from boss_bot_sandbox.discord.gateway.endpoint import GatewayEndpoint

HOST = "127.0.0.1"
GATEWAY_PATH = "/gateway"


def build_outage_middleware(plan: FaultPlan, *prefixes: str) -> Middleware:
    """Return a middleware that resets every connection to these path prefixes during an outage."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        if plan.is_outage and request.path.startswith(prefixes):
            reset_connection(request)
            return web.Response(status=499)
        return await handler(request)

    return middleware


def build_application(
    gateway: GatewayEndpoint, plan: FaultPlan, control: web.Application, more: Iterable[web.AbstractRouteDef]
) -> web.Application:
    """Return the application with REST, gateway, CDN, control API and additional routes."""
    root = web.Application(middlewares=[build_outage_middleware(plan, PREFIX, GATEWAY_PATH)])
    # Open WebSockets would otherwise block the shutdown.
    root.on_shutdown.append(gateway.shut_down)
    root.add_subapp(PREFIX, build_rest_application(gateway.hub, plan))
    root.router.add_get(f"{GATEWAY_PATH}/", gateway.handle)
    root.add_routes(Cdn(gateway.hub.state).routes())
    root.add_subapp(CONTROL_PATH, control)
    root.add_routes(more)
    return root


@asynccontextmanager
async def serve_on_loopback(application: web.Application, port: int) -> AsyncIterator[int]:
    """Serve an application on loopback for the duration of the block and yield its port.

    Args:
        application: The application.
        port: The port; 0 takes a free one.
    """
    # A handler is not cancelled when its client disconnects: Discord completes a request that it has received.
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=2.0)
    await runner.setup()
    try:
        site = web.TCPSite(runner, HOST, port)
        await site.start()
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()
