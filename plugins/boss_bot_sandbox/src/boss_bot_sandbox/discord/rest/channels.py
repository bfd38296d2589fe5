"""Routes that read, edit and delete a channel or a thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
from aiohttp import web

from boss_bot_sandbox.discord.errors import ApiError, ApiErrorKind
from boss_bot_sandbox.discord.model.permissions import Permission
from boss_bot_sandbox.discord.rest.request import path_snowflake, read_json_body, state_of
from boss_bot_sandbox.discord.rest.responses import json_response
from boss_bot_sandbox.discord.state.channels import change_channel, delete_channel
from boss_bot_sandbox.discord.state.permissions import require_permissions
from boss_bot_sandbox.discord.wire.guilds import channel_json

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.model.channels import Channel
    from boss_bot_sandbox.discord.state.server_state import ServerState


async def get_channel(request: web.Request) -> web.Response:
    """GET a channel that the bot may view."""
    state = state_of(request)
    channel = state.channel(path_snowflake(request, "channel_id"))
    require_permissions(state, channel, state.bot.id)
    return json_response(channel_json(state, channel))


async def edit_channel(request: web.Request) -> web.Response:
    """PATCH the name, topic or age restriction of a channel, or the archived and locked flags of a thread."""
    state, body = state_of(request), await read_json_body(request)
    channel = state.channel(path_snowflake(request, "channel_id"))
    thread = channel.thread
    needed = _management_permission(state, channel)
    if thread is not None and (thread.locked or "locked" in body):
        needed = Permission.MANAGE_THREADS
    elif thread is not None and body == {"archived": False}:
        needed = Permission.NONE
    require_permissions(state, channel, state.bot.id, needed)
    if thread is not None and thread.archived and body.get("archived", True):
        raise ApiError(ApiErrorKind.THREAD_ARCHIVED)
    changed = attrs.evolve(
        channel,
        name=body.get("name", channel.name),
        topic=body.get("topic", channel.topic),
        age_restricted=body.get("nsfw", channel.age_restricted),
        thread=thread and attrs.evolve(thread, **{name: body[name] for name in ("archived", "locked") if name in body}),
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


def _management_permission(state: ServerState, channel: Channel) -> Permission:
    if channel.guild_id is None:
        raise ApiError(ApiErrorKind.NOT_IN_DM)
    if channel.thread is None:
        return Permission.MANAGE_CHANNELS
    return Permission.NONE if channel.thread.owner_id == state.bot.id else Permission.MANAGE_THREADS


ROUTES = [
    web.get("/channels/{channel_id}", get_channel),
    web.patch("/channels/{channel_id}", edit_channel),
    web.delete("/channels/{channel_id}", remove_channel),
]
