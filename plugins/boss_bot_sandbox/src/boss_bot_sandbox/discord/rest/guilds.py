"""Guilds, their channels, roles and members, read by the bot.

The bot under test changes little about a guild, so almost everything here reads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from boss_bot_sandbox.discord.errors import ApiError, Refusal
from boss_bot_sandbox.discord.rest.request import snowflake, world_of
from boss_bot_sandbox.discord.rest.responses import json_answer
from boss_bot_sandbox.discord.state.permissions import guild_permissions
from boss_bot_sandbox.discord.wire.guilds import channel_json, guild_json
from boss_bot_sandbox.discord.wire.users import member_json, role_json

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.model.channels import Guild


def _guild(request: web.Request) -> Guild:
    world = world_of(request)
    guild = world.guild(snowflake(request, "guild_id"))
    if not world.is_member(guild.id, world.bot.id):
        raise ApiError(Refusal.MISSING_ACCESS)
    return guild


async def mine(request: web.Request) -> web.Response:
    """GET the guilds the bot is in."""
    world = world_of(request)
    return json_answer(
        [
            {
                "id": str(guild.id),
                "name": guild.name,
                "icon": None,
                "owner": guild.owner_id == world.bot.id,
                "permissions": str(int(guild_permissions(world, guild.id, world.bot.id))),
                "features": [],
            }
            for guild in world.guilds.values()
            if world.is_member(guild.id, world.bot.id)
        ]
    )


async def one(request: web.Request) -> web.Response:
    """GET a guild."""
    return json_answer(guild_json(world_of(request), _guild(request)))


async def channels(request: web.Request) -> web.Response:
    """GET a guild's channels, without threads."""
    world, guild = world_of(request), _guild(request)
    shown = [channel for channel in world.channels.values() if channel.guild_id == guild.id and not channel.is_thread]
    return json_answer([channel_json(world, channel) for channel in shown])


async def roles(request: web.Request) -> web.Response:
    """GET a guild's roles."""
    guild = _guild(request)
    return json_answer([role_json(role) for role in world_of(request).roles.values() if role.guild_id == guild.id])


async def members(request: web.Request) -> web.Response:
    """GET a page of a guild's members."""
    world, guild = world_of(request), _guild(request)
    after, limit = int(request.query.get("after", 0)), int(request.query.get("limit", 1))
    page = sorted(user_id for user_id in world.members[guild.id] if user_id > after)[:limit]
    return json_answer([member_json(world, world.member(guild.id, user_id)) for user_id in page])


async def member(request: web.Request) -> web.Response:
    """GET one member."""
    world, guild = world_of(request), _guild(request)
    return json_answer(member_json(world, world.member(guild.id, snowflake(request, "user_id"))))


ROUTES = [
    web.get("/users/@me/guilds", mine),
    web.get("/guilds/{guild_id}", one),
    web.get("/guilds/{guild_id}/channels", channels),
    web.get("/guilds/{guild_id}/roles", roles),
    web.get("/guilds/{guild_id}/members", members),
    web.get("/guilds/{guild_id}/members/{user_id}", member),
]
