"""Application commands: the bot registers them, globally or for one guild.

Both scopes have the same paths with another prefix, so every handler serves both.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from aiohttp import web

from boss_bot_sandbox.discord.errors import ApiError, Refusal
from boss_bot_sandbox.discord.rest.request import read_json, snowflake, world_of
from boss_bot_sandbox.discord.rest.responses import empty_answer, json_answer
from boss_bot_sandbox.discord.state.command_registry import announce, change, register
from boss_bot_sandbox.discord.wire.commands import command_json

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.jsontypes import JsonObject
    from boss_bot_sandbox.discord.model.command import Command
    from boss_bot_sandbox.discord.model.snowflake import Snowflake


def _scope(request: web.Request) -> Snowflake | None:
    world = world_of(request)
    if snowflake(request, "application_id") != world.bot.id:
        raise ApiError(Refusal.MISSING_ACCESS)
    if "guild_id" not in request.match_info:
        return None
    guild_id = snowflake(request, "guild_id")
    if not world.is_member(guild_id, world.bot.id):
        raise ApiError(Refusal.MISSING_ACCESS)
    return guild_id


def _command(request: web.Request) -> Command:
    commands = world_of(request).commands.get(_scope(request), {})
    command = commands.get(snowflake(request, "command_id"))
    if command is None:
        raise ApiError(Refusal.UNKNOWN_COMMAND)
    return command


async def read_all(request: web.Request) -> web.Response:
    """GET all commands of a scope."""
    world = world_of(request)
    return json_answer([command_json(world, one) for one in world.commands.get(_scope(request), {}).values()])


async def replace_all(request: web.Request) -> web.Response:
    """PUT all commands of a scope; what is not named is gone."""
    world, scope = world_of(request), _scope(request)
    try:
        bodies = json.loads(await request.read())
    except ValueError:
        raise ApiError(Refusal.INVALID_JSON) from None
    if not isinstance(bodies, list):
        raise ApiError(Refusal.INVALID_FORM)
    return json_answer([command_json(world, one) for one in register(world, scope, bodies, replace=True)])


async def add(request: web.Request) -> web.Response:
    """POST one command; one with the same name is replaced."""
    world, scope = world_of(request), _scope(request)
    (command,) = register(world, scope, [await read_json(request)], replace=False)
    return json_answer(command_json(world, command), 201)


async def read_one(request: web.Request) -> web.Response:
    """GET one command."""
    return json_answer(command_json(world_of(request), _command(request)))


async def update(request: web.Request) -> web.Response:
    """PATCH one command; what is not named stays."""
    world, known = world_of(request), _command(request)
    body: JsonObject = command_json(world, known) | await read_json(request)
    return json_answer(command_json(world, change(world, known, body)))


async def remove(request: web.Request) -> web.Response:
    """DELETE one command."""
    world, command = world_of(request), _command(request)
    del world.commands[command.guild_id][command.id]
    announce(world, command.guild_id)
    return empty_answer()


ROUTES = [
    route
    for prefix in ("/applications/{application_id}", "/applications/{application_id}/guilds/{guild_id}")
    for route in (
        web.get(prefix + "/commands", read_all),
        web.put(prefix + "/commands", replace_all),
        web.post(prefix + "/commands", add),
        web.get(prefix + "/commands/{command_id}", read_one),
        web.patch(prefix + "/commands/{command_id}", update),
        web.delete(prefix + "/commands/{command_id}", remove),
    )
]
