"""Routes of interaction callbacks, and of followups through the webhook of the interaction.

The token of the interaction in the path is the only authorisation.
"""

from __future__ import annotations

from aiohttp import web

from boss_bot_sandbox.discord.errors import ApiError, ApiErrorKind
from boss_bot_sandbox.discord.model.interaction import AnswerKind, Interaction
from boss_bot_sandbox.discord.model.message import Message, MessageFlag
from boss_bot_sandbox.discord.rest.request import path_snowflake, state_of
from boss_bot_sandbox.discord.rest.request_body import read_form
from boss_bot_sandbox.discord.rest.responses import empty_response, json_response
from boss_bot_sandbox.discord.state.files import check_upload_sizes
from boss_bot_sandbox.discord.state.interaction_callbacks import answer_interaction
from boss_bot_sandbox.discord.state.interaction_messages import find_original_message, send_followup
from boss_bot_sandbox.discord.state.interactions import find_answered_interaction, find_waiting_interaction
from boss_bot_sandbox.discord.state.message_editor import apply_patch
from boss_bot_sandbox.discord.state.message_store import discard_message
from boss_bot_sandbox.discord.state.threads import ThreadAction, require_thread_permits
from boss_bot_sandbox.discord.validation.message_body import read_draft, read_patch
from boss_bot_sandbox.discord.wire.interactions import callback_json
from boss_bot_sandbox.discord.wire.messages import message_json

_YES = ("1", "true", "True")


async def post_callback(request: web.Request) -> web.Response:
    """POST the first answer, the callback."""
    state = state_of(request)
    find_waiting_interaction(state, path_snowflake(request, "interaction_id"), request.match_info["token"])
    body, uploads = await read_form(request)
    # Reading the body takes time, and the deadline applies to the complete answer.
    interaction = find_waiting_interaction(
        state, path_snowflake(request, "interaction_id"), request.match_info["token"]
    )
    try:
        kind = AnswerKind(int(body["type"]))
    except (KeyError, ValueError):
        raise ApiError(ApiErrorKind.INVALID_FORM) from None
    changed = answer_interaction(state, interaction, kind, body.get("data") or {}, uploads)
    if request.query.get("with_response") in _YES:
        return json_response(callback_json(state, changed))
    return empty_response()


async def post_followup(request: web.Request) -> web.Response:
    """POST a followup message."""
    state, interaction = state_of(request), _find_interaction(request)
    body, uploads = await read_form(request)
    return json_response(message_json(state, send_followup(state, interaction, read_draft(body, uploads))))


async def get_answer(request: web.Request) -> web.Response:
    """GET the original answer or a followup."""
    return json_response(message_json(state_of(request), _find_message(request)))


async def edit_answer(request: web.Request) -> web.Response:
    """PATCH the original answer or a followup; this completes a deferred answer."""
    state = state_of(request)
    body, uploads = await read_form(request)
    message = _find_message(request)
    require_thread_permits(state, state.channel(message.channel_id), state.bot.id, ThreadAction.ANSWER)
    check_upload_sizes(state, message.guild_id, uploads)
    layout = bool(message.flags & MessageFlag.COMPONENTS_V2)
    return json_response(message_json(state, apply_patch(state, message, read_patch(body, uploads, layout=layout))))


async def delete_answer(request: web.Request) -> web.Response:
    """DELETE the original answer or a followup."""
    discard_message(state_of(request), _find_message(request))
    return empty_response()


def _find_interaction(request: web.Request) -> Interaction:
    state = state_of(request)
    if path_snowflake(request, "webhook_id") != state.bot.id:
        raise ApiError(ApiErrorKind.UNKNOWN_WEBHOOK)
    return find_answered_interaction(state, request.match_info["token"])


def _find_message(request: web.Request) -> Message:
    state, interaction = state_of(request), _find_interaction(request)
    if request.match_info["message_id"] == "@original":
        message = find_original_message(state, interaction)
    else:
        message = state.message(interaction.channel_id, path_snowflake(request, "message_id"))
        # A token gives access only to the messages that were sent with it.
        if message.origin is None or message.origin.interaction_id != interaction.id:
            message = None
    if message is None:
        raise ApiError(ApiErrorKind.UNKNOWN_MESSAGE)
    return message


_WEBHOOK = "/webhooks/{webhook_id}/{token}"
ROUTES = [
    web.post("/interactions/{interaction_id}/{token}/callback", post_callback),
    web.post(_WEBHOOK, post_followup),
    web.get(_WEBHOOK + "/messages/{message_id}", get_answer),
    web.patch(_WEBHOOK + "/messages/{message_id}", edit_answer),
    web.delete(_WEBHOOK + "/messages/{message_id}", delete_answer),
]
