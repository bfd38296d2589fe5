"""Routes of channels and threads: read, edit, delete, and start a thread.

Threads have the minimum of features: they are started from a message or alone, archived, and written to.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import attrs
from aiohttp import web

from boss_bot_sandbox.discord.errors import ApiError, ApiErrorKind
from boss_bot_sandbox.discord.model.channels import Channel, ChannelKind, ThreadState
from boss_bot_sandbox.discord.model.permissions import Permission
from boss_bot_sandbox.discord.rest.request import path_snowflake, read_json_body, state_of
from boss_bot_sandbox.discord.rest.responses import empty_response, json_response
from boss_bot_sandbox.discord.state.channels import add_channel, change_channel, delete_channel
from boss_bot_sandbox.discord.state.permissions import require_permissions
from boss_bot_sandbox.discord.wire.guilds import channel_json

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.jsontypes import JsonObject
    from boss_bot_sandbox.discord.model.snowflake import Snowflake
    from boss_bot_sandbox.discord.state.server_state import ServerState


async def get_channel(request: web.Request) -> web.Response:
    """GET a channel that the bot may view."""
    state = state_of(request)
    channel = state.channel(path_snowflake(request, "channel_id"))
    require_permissions(state, channel, state.bot.id)
    return json_response(channel_json(state, channel))


async def edit_channel(request: web.Request) -> web.Response:
    """PATCH the name, topic or age restriction of a channel, or the archived flag of a thread."""
    state, body = state_of(request), await read_json_body(request)
    channel = state.channel(path_snowflake(request, "channel_id"))
    require_permissions(state, channel, state.bot.id, _management_permission(state, channel))
    changed = attrs.evolve(
        channel,
        name=body.get("name", channel.name),
        topic=body.get("topic", channel.topic),
        age_restricted=body.get("nsfw", channel.age_restricted),
        thread=channel.thread and attrs.evolve(channel.thread, archived=body.get("archived", channel.thread.archived)),
    )
    change_channel(state, changed)
    return json_response(channel_json(state, changed))


async def remove_channel(request: web.Request) -> web.Response:
    """DELETE a channel or thread."""
    state = state_of(request)
    channel = state.channel(path_snowflake(request, "channel_id"))
    require_permissions(state, channel, state.bot.id, _management_permission(state, channel))
    delete_channel(state, channel.id)
    return json_response(channel_json(state, channel))


async def start_thread(request: web.Request) -> web.Response:
    """POST a thread that belongs to no message."""
    state, body = state_of(request), await read_json_body(request)
    kind = ChannelKind(int(body.get("type") or ChannelKind.PRIVATE_THREAD))
    return _create_thread(state, path_snowflake(request, "channel_id"), body, kind, state.ids.generate())


async def start_thread_from_message(request: web.Request) -> web.Response:
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
    require_permissions(state, state.channel(path_snowflake(request, "channel_id")), state.bot.id)
    return empty_response()


def _management_permission(state: ServerState, channel: Channel) -> Permission:
    if channel.guild_id is None:
        raise ApiError(ApiErrorKind.NOT_IN_DM)
    if channel.thread is None:
        return Permission.MANAGE_CHANNELS
    return Permission.NONE if channel.thread.owner_id == state.bot.id else Permission.MANAGE_THREADS


def _create_thread(
    state: ServerState, parent_id: Snowflake, body: JsonObject, kind: ChannelKind, thread_id: Snowflake
) -> web.Response:
    parent = state.channel(parent_id)
    public = kind is ChannelKind.PUBLIC_THREAD
    needed = Permission.CREATE_PUBLIC_THREADS if public else Permission.CREATE_PRIVATE_THREADS
    require_permissions(state, parent, state.bot.id, needed)
    thread_state = ThreadState(owner_id=state.bot.id, created_at=datetime.now(UTC))
    thread = Channel(
        id=thread_id, kind=kind, name=body["name"], guild_id=parent.guild_id, parent_id=parent.id, thread=thread_state
    )
    return json_response(channel_json(state, add_channel(state, thread)), 201)


ROUTES = [
    web.get("/channels/{channel_id}", get_channel),
    web.patch("/channels/{channel_id}", edit_channel),
    web.delete("/channels/{channel_id}", remove_channel),
    web.post("/channels/{channel_id}/threads", start_thread),
    web.post("/channels/{channel_id}/messages/{message_id}/threads", start_thread_from_message),
    web.put("/channels/{channel_id}/thread-members/@me", join_thread),
]
