"""The REST application: all resources behind the middleware.

It exists apart so that no resource knows which others there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from boss_bot_sandbox.discord.rest import (
    account,
    channels,
    commands,
    guilds,
    history,
    interactions,
    messages,
    reactions,
)
from boss_bot_sandbox.discord.rest.middleware import fail_on_purpose, limit_rate, record, refuse
from boss_bot_sandbox.discord.rest.rate_limits import LIMITS, RateLimits
from boss_bot_sandbox.discord.rest.request import FAULTS, WORLD

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.faults import FaultPlan
    from boss_bot_sandbox.discord.gateway.hub import GatewayHub

_RESOURCES = (account, guilds, channels, messages, history, reactions, interactions, commands)
_LARGEST_JSON = 4 * 1024 * 1024


def rest_application(hub: GatewayHub, faults: FaultPlan) -> web.Application:
    """Return the application to mount under the API's prefix."""
    application = web.Application(
        middlewares=[record, fail_on_purpose, limit_rate, refuse], client_max_size=_LARGEST_JSON
    )
    application[WORLD] = hub.world
    application[FAULTS] = faults
    application[LIMITS] = RateLimits(hub.world.options)
    application[account.HUB] = hub
    for resource in _RESOURCES:
        application.add_routes(resource.ROUTES)
    return application
