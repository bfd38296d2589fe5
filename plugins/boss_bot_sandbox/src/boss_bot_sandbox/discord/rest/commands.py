"""Routes of application commands, which the bot registers globally or for one guild.

The paths of both scopes differ in their prefix only, so every handler serves both.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from aiohttp import web

from boss_bot_sandbox.discord.errors import ApiError, ApiErrorKind
from boss_bot_sandbox.discord.rest.request import path_snowflake, read_json_body, state_of
from boss_bot_sandbox.discord.rest.responses import empty_response, json_response
from boss_bot_sandbox.discord.state.command_registry import publish_commands, register_commands, replace_command
from boss_bot_sandbox.discord.wire.commands import command_json

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.jsontypes import JsonObject
    from boss_bot_sandbox.discord.model.command import Command
    from boss_bot_sandbox.discord.model.snowflake import Snowflake


def _scope(request: web.Request) -> Snowflake | None:
    state = state_of(request)
    if path_snowflake(request, "application_id") != state.bot.id:
        raise ApiError(ApiErrorKind.MISSING_ACCESS)
    if "guild_id" not in request.match_info:
        return None
    guild_id = path_snowflake(request, "guild_id")
    if not state.is_member(guild_id, state.bot.id):
        raise ApiError(ApiErrorKind.MISSING_ACCESS)
    return guild_id


def _find_command(request: web.Request) -> Command:
    commands = state_of(request).commands.get(_scope(request), {})
    command = commands.get(path_snowflake(request, "command_id"))
    if command is None:
        raise ApiError(ApiErrorKind.UNKNOWN_COMMAND)
    return command


async def list_commands(request: web.Request) -> web.Response:
    """GET all commands of a scope."""
    state = state_of(request)
    return json_response([command_json(state, one) for one in state.commands.get(_scope(request), {}).values()])


async def replace_commands(request: web.Request) -> web.Response:
    """PUT all commands of a scope; commands that are not listed are deleted."""
    state, scope = state_of(request), _scope(request)
    try:
        bodies = json.loads(await request.read())
    except ValueError:
        raise ApiError(ApiErrorKind.INVALID_JSON) from None
    if not isinstance(bodies, list):
        raise ApiError(ApiErrorKind.INVALID_FORM)
    return json_response([command_json(state, one) for one in register_commands(state, scope, bodies, replace=True)])


async def add_command(request: web.Request) -> web.Response:
    """POST one command, which replaces a command with the same name."""
    state, scope = state_of(request), _scope(request)
    (command,) = register_commands(state, scope, [await read_json_body(request)], replace=False)
    return json_response(command_json(state, command), 201)


async def get_command(request: web.Request) -> web.Response:
    """GET one command."""
    return json_response(command_json(state_of(request), _find_command(request)))


async def edit_command(request: web.Request) -> web.Response:
    """PATCH one command; fields that are not given stay unchanged."""
    state, known = state_of(request), _find_command(request)
    body: JsonObject = command_json(state, known) | await read_json_body(request)
    return json_response(command_json(state, replace_command(state, known, body)))


async def delete_command(request: web.Request) -> web.Response:
    """DELETE one command."""
    state, command = state_of(request), _find_command(request)
    del state.commands[command.guild_id][command.id]
    publish_commands(state, command.guild_id)
    return empty_response()


ROUTES = [
    route
    for prefix in ("/applications/{application_id}", "/applications/{application_id}/guilds/{guild_id}")
    for route in (
        web.get(prefix + "/commands", list_commands),
        web.put(prefix + "/commands", replace_commands),
        web.post(prefix + "/commands", add_command),
        web.get(prefix + "/commands/{command_id}", get_command),
        web.patch(prefix + "/commands/{command_id}", edit_command),
        web.delete(prefix + "/commands/{command_id}", delete_command),
    )
]
