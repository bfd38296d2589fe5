"""Answers to interactions, and follow-ups through the interaction's webhook.

These paths carry a token of their own and need no other.
"""

from __future__ import annotations

from aiohttp import web

from boss_bot_sandbox.discord.errors import ApiError, Refusal
from boss_bot_sandbox.discord.model.interaction import AnswerKind, Interaction
from boss_bot_sandbox.discord.model.message import Message, MessageFlag
from boss_bot_sandbox.discord.rest.request import snowflake, world_of
from boss_bot_sandbox.discord.rest.request_body import read_form
from boss_bot_sandbox.discord.rest.responses import empty_answer, json_answer
from boss_bot_sandbox.discord.state.files import check_sizes
from boss_bot_sandbox.discord.state.interaction_callbacks import answer
from boss_bot_sandbox.discord.state.interaction_messages import follow_up, original_message
from boss_bot_sandbox.discord.state.interactions import answered, waiting
from boss_bot_sandbox.discord.state.message_editor import rewrite
from boss_bot_sandbox.discord.state.message_store import remove
from boss_bot_sandbox.discord.validation.message_body import read_draft, read_patch
from boss_bot_sandbox.discord.wire.interactions import callback_json
from boss_bot_sandbox.discord.wire.messages import message_json

_YES = ("1", "true", "True")


async def callback(request: web.Request) -> web.Response:
    """POST the first answer."""
    world = world_of(request)
    waiting(world, snowflake(request, "interaction_id"), request.match_info["token"])
    body, uploads = await read_form(request)
    # The body took its time; the deadline counts when the answer is complete.
    interaction = waiting(world, snowflake(request, "interaction_id"), request.match_info["token"])
    try:
        kind = AnswerKind(int(body["type"]))
    except (KeyError, ValueError):
        raise ApiError(Refusal.INVALID_FORM) from None
    changed = answer(world, interaction, kind, body.get("data") or {}, uploads)
    if request.query.get("with_response") in _YES:
        return json_answer(callback_json(world, changed))
    return empty_answer()


async def execute(request: web.Request) -> web.Response:
    """POST a follow-up message."""
    world, interaction = world_of(request), _interaction(request)
    body, uploads = await read_form(request)
    return json_answer(message_json(world, follow_up(world, interaction, read_draft(body, uploads))))


async def read(request: web.Request) -> web.Response:
    """GET the original answer or a follow-up."""
    return json_answer(message_json(world_of(request), _message(request)))


async def change(request: web.Request) -> web.Response:
    """PATCH the original answer or a follow-up; a deferred answer appears."""
    world = world_of(request)
    body, uploads = await read_form(request)
    message = _message(request)
    check_sizes(world, message.guild_id, uploads)
    layout = bool(message.flags & MessageFlag.COMPONENTS_V2)
    return json_answer(message_json(world, rewrite(world, message, read_patch(body, uploads, layout=layout))))


async def delete(request: web.Request) -> web.Response:
    """DELETE the original answer or a follow-up."""
    remove(world_of(request), _message(request))
    return empty_answer()


def _interaction(request: web.Request) -> Interaction:
    world = world_of(request)
    if snowflake(request, "webhook_id") != world.bot.id:
        raise ApiError(Refusal.UNKNOWN_WEBHOOK)
    return answered(world, request.match_info["token"])


def _message(request: web.Request) -> Message:
    world, interaction = world_of(request), _interaction(request)
    if request.match_info["message_id"] == "@original":
        message = original_message(world, interaction)
    else:
        message = world.message(interaction.channel_id, snowflake(request, "message_id"))
        # A token reaches only what was said with it.
        if message.origin is None or message.origin.interaction_id != interaction.id:
            message = None
    if message is None:
        raise ApiError(Refusal.UNKNOWN_MESSAGE)
    return message


_WEBHOOK = "/webhooks/{webhook_id}/{token}"
ROUTES = [
    web.post("/interactions/{interaction_id}/{token}/callback", callback),
    web.post(_WEBHOOK, execute),
    web.get(_WEBHOOK + "/messages/{message_id}", read),
    web.patch(_WEBHOOK + "/messages/{message_id}", change),
    web.delete(_WEBHOOK + "/messages/{message_id}", delete),
]
