"""Routes with which the bot creates, edits and deletes messages, and shows that it types.

The actions of users call the functions of the `state` package directly.
"""

from __future__ import annotations

from aiohttp import web

from boss_bot_sandbox.discord.model.message import MessageFlag
from boss_bot_sandbox.discord.model.permissions import Permission
from boss_bot_sandbox.discord.model.snowflake import Snowflake
from boss_bot_sandbox.discord.rest.request import path_snowflake, read_json_body, state_of
from boss_bot_sandbox.discord.rest.request_body import read_form
from boss_bot_sandbox.discord.rest.responses import empty_response, json_response
from boss_bot_sandbox.discord.state.message_editor import edit_message
from boss_bot_sandbox.discord.state.message_sender import send_message
from boss_bot_sandbox.discord.state.message_store import delete_message, start_typing
from boss_bot_sandbox.discord.state.permissions import require_permissions
from boss_bot_sandbox.discord.validation.message_body import read_draft, read_patch
from boss_bot_sandbox.discord.wire.messages import message_json

_MAX_BULK_DELETE = 100


async def post_message(request: web.Request) -> web.Response:
    """POST a message, with or without files."""
    state = state_of(request)
    body, uploads = await read_form(request)
    message = send_message(state, state.bot.id, path_snowflake(request, "channel_id"), read_draft(body, uploads))
    return json_response(message_json(state, message))


async def patch_message(request: web.Request) -> web.Response:
    """PATCH a message of the bot."""
    state = state_of(request)
    channel_id, message_id = path_snowflake(request, "channel_id"), path_snowflake(request, "message_id")
    body, uploads = await read_form(request)
    known = state.messages.get(channel_id, {}).get(message_id)
    layout = known is not None and bool(known.flags & MessageFlag.COMPONENTS_V2)
    patch = read_patch(body, uploads, layout=layout)
    return json_response(message_json(state, edit_message(state, state.bot.id, channel_id, message_id, patch)))


async def remove_message(request: web.Request) -> web.Response:
    """DELETE a message."""
    state = state_of(request)
    delete_message(state, state.bot.id, path_snowflake(request, "channel_id"), path_snowflake(request, "message_id"))
    return empty_response()


async def remove_messages(request: web.Request) -> web.Response:
    """DELETE up to 100 messages at once."""
    state, channel_id = state_of(request), path_snowflake(request, "channel_id")
    require_permissions(state, state.channel(channel_id), state.bot.id, Permission.MANAGE_MESSAGES)
    for one in (await read_json_body(request)).get("messages", ())[:_MAX_BULK_DELETE]:
        if Snowflake(int(one)) in state.messages.get(channel_id, {}):
            delete_message(state, state.bot.id, channel_id, Snowflake(int(one)))
    return empty_response()


async def show_typing(request: web.Request) -> web.Response:
    """POST the typing indicator."""
    state = state_of(request)
    start_typing(state, state.bot.id, path_snowflake(request, "channel_id"))
    return empty_response()


_ONE = "/channels/{channel_id}/messages/{message_id}"
ROUTES = [
    web.post("/channels/{channel_id}/messages", post_message),
    web.post("/channels/{channel_id}/messages/bulk-delete", remove_messages),
    web.patch(_ONE, patch_message),
    web.delete(_ONE, remove_message),
    web.post("/channels/{channel_id}/typing", show_typing),
]
