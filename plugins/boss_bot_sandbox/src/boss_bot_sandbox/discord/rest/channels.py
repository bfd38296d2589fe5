"""Channels and threads: read, change, delete, and start a thread.

Threads are minimal: made from a message or alone, archived, written to.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import attrs
from aiohttp import web

from boss_bot_sandbox.discord.errors import ApiError, Refusal
from boss_bot_sandbox.discord.model.channels import Channel, ChannelKind, ThreadState
from boss_bot_sandbox.discord.model.permissions import Permission
from boss_bot_sandbox.discord.rest.request import read_json, snowflake, world_of
from boss_bot_sandbox.discord.rest.responses import empty_answer, json_answer
from boss_bot_sandbox.discord.state.guilds import add_channel, change_channel, delete_channel
from boss_bot_sandbox.discord.state.permissions import require
from boss_bot_sandbox.discord.wire.guilds import channel_json

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.jsontypes import JsonObject
    from boss_bot_sandbox.discord.model.snowflake import Snowflake
    from boss_bot_sandbox.discord.state.server_state import World


async def read(request: web.Request) -> web.Response:
    """GET a channel the bot may see."""
    world = world_of(request)
    channel = world.channel(snowflake(request, "channel_id"))
    require(world, channel, world.bot.id)
    return json_answer(channel_json(world, channel))


async def change(request: web.Request) -> web.Response:
    """PATCH name, topic, age restriction, or a thread's archived flag."""
    world, body = world_of(request), await read_json(request)
    channel = world.channel(snowflake(request, "channel_id"))
    require(world, channel, world.bot.id, _manage(world, channel))
    changed = attrs.evolve(
        channel,
        name=body.get("name", channel.name),
        topic=body.get("topic", channel.topic),
        age_restricted=body.get("nsfw", channel.age_restricted),
        thread=channel.thread and attrs.evolve(channel.thread, archived=body.get("archived", channel.thread.archived)),
    )
    change_channel(world, changed)
    return json_answer(channel_json(world, changed))


async def remove(request: web.Request) -> web.Response:
    """DELETE a channel or thread."""
    world = world_of(request)
    channel = world.channel(snowflake(request, "channel_id"))
    require(world, channel, world.bot.id, _manage(world, channel))
    delete_channel(world, channel.id)
    return json_answer(channel_json(world, channel))


async def start_thread(request: web.Request) -> web.Response:
    """POST a thread without a first message."""
    world, body = world_of(request), await read_json(request)
    kind = ChannelKind(int(body.get("type") or ChannelKind.PRIVATE_THREAD))
    return _started(world, snowflake(request, "channel_id"), body, kind, world.ids.mint())


async def start_thread_at(request: web.Request) -> web.Response:
    """POST a thread that hangs off a message and has its id."""
    world = world_of(request)
    message = world.message(snowflake(request, "channel_id"), snowflake(request, "message_id"))
    if message.id in world.channels:
        raise ApiError(Refusal.THREAD_EXISTS)
    return _started(world, message.channel_id, await read_json(request), ChannelKind.PUBLIC_THREAD, message.id)


async def join_thread(request: web.Request) -> web.Response:
    """PUT the bot into a thread; here, everybody who may see a thread is in it."""
    world = world_of(request)
    require(world, world.channel(snowflake(request, "channel_id")), world.bot.id)
    return empty_answer()


def _manage(world: World, channel: Channel) -> Permission:
    if channel.guild_id is None:
        raise ApiError(Refusal.NOT_IN_DM)
    if channel.thread is None:
        return Permission.MANAGE_CHANNELS
    return Permission.NONE if channel.thread.owner_id == world.bot.id else Permission.MANAGE_THREADS


def _started(
    world: World, parent_id: Snowflake, body: JsonObject, kind: ChannelKind, thread_id: Snowflake
) -> web.Response:
    parent = world.channel(parent_id)
    public = kind is ChannelKind.PUBLIC_THREAD
    needed = Permission.CREATE_PUBLIC_THREADS if public else Permission.CREATE_PRIVATE_THREADS
    require(world, parent, world.bot.id, needed)
    state = ThreadState(owner_id=world.bot.id, created_at=datetime.now(UTC))
    thread = Channel(
        id=thread_id, kind=kind, name=body["name"], guild_id=parent.guild_id, parent_id=parent.id, thread=state
    )
    return json_answer(channel_json(world, add_channel(world, thread)), 201)


ROUTES = [
    web.get("/channels/{channel_id}", read),
    web.patch("/channels/{channel_id}", change),
    web.delete("/channels/{channel_id}", remove),
    web.post("/channels/{channel_id}/threads", start_thread),
    web.post("/channels/{channel_id}/messages/{message_id}/threads", start_thread_at),
    web.put("/channels/{channel_id}/thread-members/@me", join_thread),
]
