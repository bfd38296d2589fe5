"""The first answer to an interaction, with one handler per answer kind.

An answer needs no permission in the channel: the token authorises it, also where the bot is not a member.
"""

from __future__ import annotations

from collections.abc import Callable

import attrs

from boss_bot_sandbox.discord.errors import ApiError, ApiErrorKind
from boss_bot_sandbox.discord.events import InteractionAnswered
from boss_bot_sandbox.discord.jsontypes import JsonObject
from boss_bot_sandbox.discord.model.attachment import Upload
from boss_bot_sandbox.discord.model.draft import Draft
from boss_bot_sandbox.discord.model.interaction import AnswerKind, Interaction, InteractionStatus
from boss_bot_sandbox.discord.model.message import MessageFlag
from boss_bot_sandbox.discord.state.files import check_upload_sizes
from boss_bot_sandbox.discord.state.interaction_messages import send_answer
from boss_bot_sandbox.discord.state.message_editor import apply_patch
from boss_bot_sandbox.discord.state.server_state import ServerState
from boss_bot_sandbox.discord.state.threads import ThreadAction, require_thread_permits
from boss_bot_sandbox.discord.validation.interaction_answers import read_choices, read_modal
from boss_bot_sandbox.discord.validation.message_body import read_draft, read_patch


def answer_interaction(
    state: ServerState, interaction: Interaction, kind: AnswerKind, body: JsonObject, uploads: tuple[Upload, ...]
) -> Interaction:
    """Apply the first answer to an interaction and return its new state.

    Raises:
        ApiError: The form is invalid, the message is empty, a file exceeds the limit, or the thread is locked and
            archived.
    """
    require_thread_permits(state, state.channel(interaction.channel_id), state.bot.id, ThreadAction.ANSWER)
    check_upload_sizes(state, interaction.guild_id, uploads)
    changed = _HANDLERS[kind](state, interaction, body, uploads)
    changed = attrs.evolve(changed, status=InteractionStatus.ANSWERED, answer=kind)
    state.interactions[interaction.token] = changed
    state.publish(InteractionAnswered(changed))
    return changed


def _answer_with_message(
    state: ServerState, interaction: Interaction, body: JsonObject, uploads: tuple[Upload, ...]
) -> Interaction:
    message = send_answer(state, interaction, read_draft(body, uploads))
    return attrs.evolve(interaction, answer_message_id=message.id, ephemeral=message.visible_to is not None)


def _defer_message(
    state: ServerState, interaction: Interaction, body: JsonObject, _: tuple[Upload, ...]
) -> Interaction:
    flags = (MessageFlag(int(body.get("flags") or 0)) & MessageFlag.EPHEMERAL) | MessageFlag.LOADING
    message = send_answer(state, interaction, Draft(flags=flags))
    return attrs.evolve(interaction, answer_message_id=message.id, ephemeral=message.visible_to is not None)


def _defer_update(_: ServerState, interaction: Interaction, __: JsonObject, ___: tuple[Upload, ...]) -> Interaction:
    return attrs.evolve(interaction, answer_message_id=interaction.message_id)


def _update_message(
    state: ServerState, interaction: Interaction, body: JsonObject, uploads: tuple[Upload, ...]
) -> Interaction:
    if interaction.message_id is None:
        raise ApiError(ApiErrorKind.BAD_REQUEST)
    message = state.message(interaction.channel_id, interaction.message_id)
    layout = bool(message.flags & MessageFlag.COMPONENTS_V2)
    apply_patch(state, message, read_patch(body, uploads, layout=layout))
    return attrs.evolve(interaction, answer_message_id=message.id)


def _offer_choices(_: ServerState, interaction: Interaction, body: JsonObject, __: tuple[Upload, ...]) -> Interaction:
    return attrs.evolve(interaction, choices=read_choices(body))


def _open_modal(_: ServerState, interaction: Interaction, body: JsonObject, __: tuple[Upload, ...]) -> Interaction:
    return attrs.evolve(interaction, modal=read_modal(body))


_AnswerHandler = Callable[[ServerState, Interaction, JsonObject, tuple[Upload, ...]], Interaction]
_HANDLERS: dict[AnswerKind, _AnswerHandler] = {
    AnswerKind.MESSAGE: _answer_with_message,
    AnswerKind.DEFERRED_MESSAGE: _defer_message,
    AnswerKind.DEFERRED_UPDATE: _defer_update,
    AnswerKind.UPDATE: _update_message,
    AnswerKind.CHOICES: _offer_choices,
    AnswerKind.MODAL: _open_modal,
}
