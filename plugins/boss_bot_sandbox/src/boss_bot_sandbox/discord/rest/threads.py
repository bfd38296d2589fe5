"""Routes that start a thread, from a message or alone, and join one.

Threads have the minimum of features. The routes of channels edit and delete them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from boss_bot_sandbox.discord.errors import ApiError, ApiErrorKind
from boss_bot_sandbox.discord.model.channels import ChannelKind
from boss_bot_sandbox.discord.model.permissions import Permission
from boss_bot_sandbox.discord.rest.request import path_snowflake, read_json_body, state_of
from boss_bot_sandbox.discord.rest.responses import empty_response, json_response
from boss_bot_sandbox.discord.state.permissions import require_permissions
from boss_bot_sandbox.discord.state.threads import ThreadAction, require_thread_permits, start_thread
from boss_bot_sandbox.discord.wire.guilds import channel_json

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.jsontypes import JsonObject
    from boss_bot_sandbox.discord.model.snowflake import Snowflake
    from boss_bot_sandbox.discord.state.server_state import ServerState


async def post_thread(request: web.Request) -> web.Response:
    """POST a thread that belongs to no message."""
    state, body = state_of(request), await read_json_body(request)
    kind = ChannelKind(int(body.get("type") or ChannelKind.PRIVATE_THREAD))
    return _create_thread(state, path_snowflake(request, "channel_id"), body, kind)


async def post_thread_from_message(request: web.Request) -> web.Response:
    """POST a thread that belongs to a message and has the same id."""
    state = state_of(request)
    message = state.message(path_snowflake(request, "channel_id"), path_snowflake(request, "message_id"))
    if message.id in state.channels:
        raise ApiError(ApiErrorKind.THREAD_EXISTS)
    return _create_thread(
        state, message.channel_id, await read_json_body(request), ChannelKind.PUBLIC_THREAD, message.id
    )


async def join_thread(request: web.Request) -> web.Response:
    """PUT the bot into a thread; here every user who may view a thread is a member of it."""
    state = state_of(request)
    channel = state.channel(path_snowflake(request, "channel_id"))
    require_permissions(state, channel, state.bot.id)
    require_thread_permits(state, channel, state.bot.id, ThreadAction.JOIN)
    return empty_response()


def _create_thread(
    state: ServerState, parent_id: Snowflake, body: JsonObject, kind: ChannelKind, message_id: Snowflake | None = None
) -> web.Response:
    parent = state.channel(parent_id)
    public = kind is ChannelKind.PUBLIC_THREAD
    needed = Permission.CREATE_PUBLIC_THREADS if public else Permission.CREATE_PRIVATE_THREADS
    require_permissions(state, parent, state.bot.id, needed)
    thread = start_thread(state, parent, body["name"], state.bot.id, kind=kind, thread_id=message_id)
    return json_response(channel_json(state, thread), 201)


ROUTES = [
    web.post("/channels/{channel_id}/threads", post_thread),
    web.post("/channels/{channel_id}/messages/{message_id}/threads", post_thread_from_message),
    web.put("/channels/{channel_id}/thread-members/@me", join_thread),
]
