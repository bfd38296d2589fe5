"""Routes of the bot's own account: its user, its application, the gateway address, direct messages.

A client requests them before it connects to the gateway.
"""

from __future__ import annotations

from aiohttp import web

from boss_bot_sandbox.discord.gateway.hub import GatewayHub
from boss_bot_sandbox.discord.model.snowflake import Snowflake
from boss_bot_sandbox.discord.rest.request import path_snowflake, read_json_body, state_of
from boss_bot_sandbox.discord.rest.responses import empty_response, json_response
from boss_bot_sandbox.discord.state.channels import find_direct_channel
from boss_bot_sandbox.discord.state.guilds import remove_member
from boss_bot_sandbox.discord.wire.commands import application_json
from boss_bot_sandbox.discord.wire.guilds import channel_json
from boss_bot_sandbox.discord.wire.users import own_user_json, user_json

HUB = web.AppKey("hub", GatewayHub)
_STARTS_A_DAY = 1000


async def get_own_user(request: web.Request) -> web.Response:
    """GET the user of the bot; this is the first request of every client."""
    return json_response(own_user_json(state_of(request).bot))


async def get_user(request: web.Request) -> web.Response:
    """GET a user."""
    state = state_of(request)
    return json_response(user_json(state.user(path_snowflake(request, "user_id"))))


async def get_application(request: web.Request) -> web.Response:
    """GET the application; ``/applications/@me`` and the older path are equivalent."""
    return json_response(application_json(state_of(request)))


async def get_gateway(request: web.Request) -> web.Response:
    """GET the address of the gateway."""
    return json_response({"url": request.app[HUB].url})


async def get_bot_gateway(request: web.Request) -> web.Response:
    """GET the address of the gateway and how often the bot may still identify."""
    hub = request.app[HUB]
    left = max(_STARTS_A_DAY - hub.session_starts, 0)
    limit = {"total": _STARTS_A_DAY, "remaining": left, "reset_after": 86_400_000, "max_concurrency": 1}
    return json_response({"url": hub.url, "shards": 1, "session_start_limit": limit})


async def open_direct_channel(request: web.Request) -> web.Response:
    """POST the recipient of direct messages; the channel is created when there is none."""
    state = state_of(request)
    user_id = Snowflake(int((await read_json_body(request))["recipient_id"]))
    return json_response(channel_json(state, find_direct_channel(state, state.bot.id, user_id)))


async def leave_guild(request: web.Request) -> web.Response:
    """DELETE the bot's membership of a guild."""
    state = state_of(request)
    remove_member(state, path_snowflake(request, "guild_id"), state.bot.id)
    return empty_response()


ROUTES = [
    web.get("/users/@me", get_own_user),
    web.get("/users/{user_id}", get_user),
    web.get("/oauth2/applications/@me", get_application),
    web.get("/applications/@me", get_application),
    web.get("/gateway", get_gateway),
    web.get("/gateway/bot", get_bot_gateway),
    web.post("/users/@me/channels", open_direct_channel),
    web.delete("/users/@me/guilds/{guild_id}", leave_guild),
]
