"""Messages: create, edit, delete, and typing.

The bot's own hands; what people do goes to the world directly.
"""

from __future__ import annotations

from aiohttp import web

from boss_bot_sandbox.discord.model.message import MessageFlag
from boss_bot_sandbox.discord.model.permissions import Permission
from boss_bot_sandbox.discord.model.snowflake import Snowflake
from boss_bot_sandbox.discord.rest.request import read_json, snowflake, world_of
from boss_bot_sandbox.discord.rest.request_body import read_form
from boss_bot_sandbox.discord.rest.responses import empty_answer, json_answer
from boss_bot_sandbox.discord.state.message_editor import edit
from boss_bot_sandbox.discord.state.message_sender import send
from boss_bot_sandbox.discord.state.message_store import delete, start_typing
from boss_bot_sandbox.discord.state.permissions import require
from boss_bot_sandbox.discord.validation.message_body import read_draft, read_patch
from boss_bot_sandbox.discord.wire.messages import message_json

_MOST_AT_ONCE = 100


async def create(request: web.Request) -> web.Response:
    """POST a message, with or without files."""
    world = world_of(request)
    body, uploads = await read_form(request)
    message = send(world, world.bot.id, snowflake(request, "channel_id"), read_draft(body, uploads))
    return json_answer(message_json(world, message))


async def update(request: web.Request) -> web.Response:
    """PATCH a message of the bot."""
    world = world_of(request)
    channel_id, message_id = snowflake(request, "channel_id"), snowflake(request, "message_id")
    body, uploads = await read_form(request)
    known = world.messages.get(channel_id, {}).get(message_id)
    layout = known is not None and bool(known.flags & MessageFlag.COMPONENTS_V2)
    patch = read_patch(body, uploads, layout=layout)
    return json_answer(message_json(world, edit(world, world.bot.id, channel_id, message_id, patch)))


async def remove(request: web.Request) -> web.Response:
    """DELETE a message."""
    world = world_of(request)
    delete(world, world.bot.id, snowflake(request, "channel_id"), snowflake(request, "message_id"))
    return empty_answer()


async def remove_many(request: web.Request) -> web.Response:
    """DELETE up to 100 messages at once."""
    world, channel_id = world_of(request), snowflake(request, "channel_id")
    require(world, world.channel(channel_id), world.bot.id, Permission.MANAGE_MESSAGES)
    for one in (await read_json(request)).get("messages", ())[:_MOST_AT_ONCE]:
        if Snowflake(int(one)) in world.messages.get(channel_id, {}):
            delete(world, world.bot.id, channel_id, Snowflake(int(one)))
    return empty_answer()


async def type_in(request: web.Request) -> web.Response:
    """POST the typing indicator."""
    world = world_of(request)
    start_typing(world, world.bot.id, snowflake(request, "channel_id"))
    return empty_answer()


_ONE = "/channels/{channel_id}/messages/{message_id}"
ROUTES = [
    web.post("/channels/{channel_id}/messages", create),
    web.post("/channels/{channel_id}/messages/bulk-delete", remove_many),
    web.patch(_ONE, update),
    web.delete(_ONE, remove),
    web.post("/channels/{channel_id}/typing", type_in),
]
