"""Helpers that read a REST request: the state, the path, ids and the JSON body.

The resources use them and depend neither on the application nor on each other.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from aiohttp import web

from boss_bot_sandbox.discord.errors import ApiError, ApiErrorKind
from boss_bot_sandbox.discord.faults import FaultPlan
from boss_bot_sandbox.discord.model.snowflake import Snowflake
from boss_bot_sandbox.discord.state.server_state import ServerState

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.jsontypes import JsonObject

STATE = web.AppKey("state", ServerState)
FAULTS = web.AppKey("faults", FaultPlan)
PREFIX = "/api/v10"


def state_of(request: web.Request) -> ServerState:
    """Return the state of the local Discord."""
    return request.app[STATE]


def api_path(request: web.Request) -> str:
    """Return the path without the prefix of the API, as in Discord's documentation."""
    return request.path.removeprefix(PREFIX)


def recorded_path(request: web.Request) -> str:
    """Return the path for the event log, in which the secret token of an interaction is replaced."""
    token = request.match_info.get("token")
    return api_path(request).replace(token, "{token}") if token else api_path(request)


def path_snowflake(request: web.Request, name: str) -> Snowflake:
    """Return an id from the path.

    Raises:
        ApiError: It is not a number.
    """
    text = request.match_info[name]
    if not text.isdecimal():
        fault = {"code": "NUMBER_TYPE_COERCE", "message": f'Value "{text}" is not snowflake.'}
        raise ApiError(ApiErrorKind.INVALID_FORM, {name: {"_errors": [fault]}})
    return Snowflake(int(text))


async def read_json_body(request: web.Request) -> JsonObject:
    """Return the JSON object of the body.

    Raises:
        ApiError: The body is not a JSON object.
    """
    try:
        body = json.loads(await request.read() or b"{}")
    except ValueError:
        raise ApiError(ApiErrorKind.INVALID_JSON) from None
    if not isinstance(body, dict):
        raise ApiError(ApiErrorKind.INVALID_JSON)
    return body
