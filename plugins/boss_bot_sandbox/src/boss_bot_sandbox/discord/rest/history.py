"""Routes that read messages: one message, or a page of the history of a channel.

What the bot can read depends on the Message Content intent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from boss_bot_sandbox.discord.errors import ApiError, ApiErrorKind
from boss_bot_sandbox.discord.model.permissions import Permission
from boss_bot_sandbox.discord.options import PrivilegedIntent
from boss_bot_sandbox.discord.rest.request import path_snowflake, state_of
from boss_bot_sandbox.discord.rest.responses import json_response
from boss_bot_sandbox.discord.state.permissions import channel_permissions, require_permissions
from boss_bot_sandbox.discord.wire.messages import visible_message_json

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.jsontypes import JsonObject
    from boss_bot_sandbox.discord.model.message import Message
    from boss_bot_sandbox.discord.state.server_state import ServerState

_LONGEST_PAGE = 100


async def get_message(request: web.Request) -> web.Response:
    """GET one message."""
    state, channel_id = state_of(request), path_snowflake(request, "channel_id")
    require_permissions(state, state.channel(channel_id), state.bot.id, Permission.READ_MESSAGE_HISTORY)
    message = state.message(channel_id, path_snowflake(request, "message_id"))
    if message.visible_to is not None:
        raise ApiError(ApiErrorKind.UNKNOWN_MESSAGE)
    return json_response(_message_json(state, message))


async def list_messages(request: web.Request) -> web.Response:
    """GET the messages of a channel, newest first; without Read Message History the list is empty."""
    state, channel_id = state_of(request), path_snowflake(request, "channel_id")
    channel = state.channel(channel_id)
    require_permissions(state, channel, state.bot.id)
    if not channel_permissions(state, channel, state.bot.id) & Permission.READ_MESSAGE_HISTORY:
        return json_response([])
    messages = [one for one in state.messages.get(channel_id, {}).values() if one.visible_to is None]
    return json_response([_message_json(state, one) for one in _page(messages, request)])


def _message_json(state: ServerState, message: Message) -> JsonObject:
    content = PrivilegedIntent.MESSAGE_CONTENT in state.options.portal_intents
    return visible_message_json(state, message, content=content)


def _page(messages: list[Message], request: web.Request) -> list[Message]:
    limit = min(int(request.query.get("limit", 50)), _LONGEST_PAGE)
    if "before" in request.query:
        messages = [one for one in messages if one.id < int(request.query["before"])]
    if "after" in request.query:
        # The page contains the oldest of the newer messages, but is itself sorted newest first.
        return [one for one in messages if one.id > int(request.query["after"])][:limit][::-1]
    if "around" in request.query:
        middle = int(request.query["around"])
        messages = sorted(sorted(messages, key=lambda one: abs(one.id - middle))[:limit], key=lambda one: one.id)
    return messages[::-1][:limit]


ROUTES = [
    web.get("/channels/{channel_id}/messages", list_messages),
    web.get("/channels/{channel_id}/messages/{message_id}", get_message),
]
