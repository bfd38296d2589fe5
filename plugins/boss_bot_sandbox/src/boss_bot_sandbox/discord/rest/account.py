"""The bot itself: its account, its application, the gateway's address, direct messages.

What a client asks before it connects.
"""

from __future__ import annotations

from aiohttp import web

from boss_bot_sandbox.discord.gateway.hub import GatewayHub
from boss_bot_sandbox.discord.model.snowflake import Snowflake
from boss_bot_sandbox.discord.rest.request import read_json, snowflake, world_of
from boss_bot_sandbox.discord.rest.responses import empty_answer, json_answer
from boss_bot_sandbox.discord.state.direct_channels import direct_channel
from boss_bot_sandbox.discord.state.guilds import leave
from boss_bot_sandbox.discord.wire.commands import application_json
from boss_bot_sandbox.discord.wire.guilds import channel_json
from boss_bot_sandbox.discord.wire.users import own_user_json, user_json

HUB = web.AppKey("hub", GatewayHub)
_STARTS_A_DAY = 1000


async def me(request: web.Request) -> web.Response:
    """GET the bot's account; the first request of every client."""
    return json_answer(own_user_json(world_of(request).bot))


async def somebody(request: web.Request) -> web.Response:
    """GET an account."""
    world = world_of(request)
    return json_answer(user_json(world.user(snowflake(request, "user_id"))))


async def application(request: web.Request) -> web.Response:
    """GET the application; ``/applications/@me`` and the older path are the same."""
    return json_answer(application_json(world_of(request)))


async def gateway(request: web.Request) -> web.Response:
    """GET where the gateway is."""
    return json_answer({"url": request.app[HUB].url})


async def bot_gateway(request: web.Request) -> web.Response:
    """GET where the gateway is and how often the bot may still identify."""
    hub = request.app[HUB]
    left = max(_STARTS_A_DAY - hub.session_starts, 0)
    limit = {"total": _STARTS_A_DAY, "remaining": left, "reset_after": 86_400_000, "max_concurrency": 1}
    return json_answer({"url": hub.url, "shards": 1, "session_start_limit": limit})


async def open_direct(request: web.Request) -> web.Response:
    """POST who to talk to; the channel is made when there is none yet."""
    world = world_of(request)
    user_id = Snowflake(int((await read_json(request))["recipient_id"]))
    return json_answer(channel_json(world, direct_channel(world, world.bot.id, user_id)))


async def leave_guild(request: web.Request) -> web.Response:
    """DELETE the bot's own membership."""
    world = world_of(request)
    leave(world, snowflake(request, "guild_id"), world.bot.id)
    return empty_answer()


ROUTES = [
    web.get("/users/@me", me),
    web.get("/users/{user_id}", somebody),
    web.get("/oauth2/applications/@me", application),
    web.get("/applications/@me", application),
    web.get("/gateway", gateway),
    web.get("/gateway/bot", bot_gateway),
    web.post("/users/@me/channels", open_direct),
    web.delete("/users/@me/guilds/{guild_id}", leave_guild),
]
