"""The REST application: the routes of all resources behind the middleware."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from boss_bot_sandbox.discord.rest import (
    account,
    audit_log,
    channels,
    commands,
    guilds,
    history,
    interactions,
    messages,
    reactions,
    threads,
)
from boss_bot_sandbox.discord.rest.middleware import (
    apply_rate_limit,
    convert_errors,
    inject_faults,
    record_rest_request,
)
from boss_bot_sandbox.discord.rest.rate_limits import LIMITS, RateLimits
from boss_bot_sandbox.discord.rest.request import FAULTS, STATE

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.faults import FaultPlan
    from boss_bot_sandbox.discord.gateway.hub import GatewayHub

_RESOURCES = (account, guilds, audit_log, channels, messages, history, reactions, interactions, commands, threads)
_LARGEST_JSON = 4 * 1024 * 1024


def build_rest_application(hub: GatewayHub, faults: FaultPlan) -> web.Application:
    """Return the application, to be mounted under the prefix of the API."""
    application = web.Application(
        middlewares=[record_rest_request, inject_faults, apply_rate_limit, convert_errors],
        client_max_size=_LARGEST_JSON,
    )
    application[STATE] = hub.state
    application[FAULTS] = faults
    application[LIMITS] = RateLimits(hub.state.options)
    application[account.HUB] = hub
    for resource in _RESOURCES:
        application.add_routes(resource.ROUTES)
    return application
