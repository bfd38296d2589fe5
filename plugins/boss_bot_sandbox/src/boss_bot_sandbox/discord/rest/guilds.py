"""Routes that read guilds, their channels, roles and members.

The bot under test does not change guilds, so there are no routes for changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from boss_bot_sandbox.discord.errors import ApiError, ApiErrorKind
from boss_bot_sandbox.discord.rest.request import path_snowflake, state_of
from boss_bot_sandbox.discord.rest.responses import json_response
from boss_bot_sandbox.discord.state.permissions import guild_permissions
from boss_bot_sandbox.discord.wire.guilds import channel_json, guild_json
from boss_bot_sandbox.discord.wire.users import member_json, role_json

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.model.channels import Guild


def _find_guild(request: web.Request) -> Guild:
    state = state_of(request)
    guild = state.guild(path_snowflake(request, "guild_id"))
    if not state.is_member(guild.id, state.bot.id):
        raise ApiError(ApiErrorKind.MISSING_ACCESS)
    return guild


async def list_own_guilds(request: web.Request) -> web.Response:
    """GET the guilds that the bot is a member of."""
    state = state_of(request)
    return json_response(
        [
            {
                "id": str(guild.id),
                "name": guild.name,
                "icon": None,
                "owner": guild.owner_id == state.bot.id,
                "permissions": str(int(guild_permissions(state, guild.id, state.bot.id))),
                "features": [],
            }
            for guild in state.guilds.values()
            if state.is_member(guild.id, state.bot.id)
        ]
    )


async def get_guild(request: web.Request) -> web.Response:
    """GET a guild."""
    return json_response(guild_json(state_of(request), _find_guild(request)))


async def list_channels(request: web.Request) -> web.Response:
    """GET the channels of a guild, without threads."""
    state, guild = state_of(request), _find_guild(request)
    shown = [channel for channel in state.channels.values() if channel.guild_id == guild.id and not channel.is_thread]
    return json_response([channel_json(state, channel) for channel in shown])


async def list_roles(request: web.Request) -> web.Response:
    """GET the roles of a guild."""
    guild = _find_guild(request)
    return json_response([role_json(role) for role in state_of(request).roles.values() if role.guild_id == guild.id])


async def list_members(request: web.Request) -> web.Response:
    """GET a page of the members of a guild."""
    state, guild = state_of(request), _find_guild(request)
    after, limit = int(request.query.get("after", 0)), int(request.query.get("limit", 1))
    page = sorted(user_id for user_id in state.members[guild.id] if user_id > after)[:limit]
    return json_response([member_json(state, state.member(guild.id, user_id)) for user_id in page])


async def get_member(request: web.Request) -> web.Response:
    """GET one member."""
    state, guild = state_of(request), _find_guild(request)
    return json_response(member_json(state, state.member(guild.id, path_snowflake(request, "user_id"))))


ROUTES = [
    web.get("/users/@me/guilds", list_own_guilds),
    web.get("/guilds/{guild_id}", get_guild),
    web.get("/guilds/{guild_id}/channels", list_channels),
    web.get("/guilds/{guild_id}/roles", list_roles),
    web.get("/guilds/{guild_id}/members", list_members),
    web.get("/guilds/{guild_id}/members/{user_id}", get_member),
]
