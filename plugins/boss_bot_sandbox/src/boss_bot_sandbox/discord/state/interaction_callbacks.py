"""The first answer to an interaction, one function per kind.

Answers need no permission in the channel: the token is the permission, also where the bot is not a member.
"""

from __future__ import annotations

from collections.abc import Callable

import attrs

from boss_bot_sandbox.discord.errors import ApiError, Refusal
from boss_bot_sandbox.discord.events import InteractionAnswered
from boss_bot_sandbox.discord.jsontypes import JsonObject
from boss_bot_sandbox.discord.model.attachment import Upload
from boss_bot_sandbox.discord.model.draft import Draft
from boss_bot_sandbox.discord.model.interaction import AnswerKind, Interaction, InteractionStatus
from boss_bot_sandbox.discord.model.message import MessageFlag
from boss_bot_sandbox.discord.state.files import check_sizes
from boss_bot_sandbox.discord.state.interaction_messages import say
from boss_bot_sandbox.discord.state.message_editor import rewrite
from boss_bot_sandbox.discord.state.server_state import World
from boss_bot_sandbox.discord.validation.interaction_answers import read_choices, read_modal
from boss_bot_sandbox.discord.validation.message_body import read_draft, read_patch


def answer(
    world: World, interaction: Interaction, kind: AnswerKind, body: JsonObject, uploads: tuple[Upload, ...]
) -> Interaction:
    """Take the first answer.

    Raises:
        ApiError: Invalid form, empty message, or a file over the limit.
    """
    check_sizes(world, interaction.guild_id, uploads)
    changed = _ANSWERS[kind](world, interaction, body, uploads)
    changed = attrs.evolve(changed, status=InteractionStatus.ANSWERED, answer=kind)
    world.interactions[interaction.token] = changed
    world.publish(InteractionAnswered(changed))
    return changed


def _message(world: World, interaction: Interaction, body: JsonObject, uploads: tuple[Upload, ...]) -> Interaction:
    message = say(world, interaction, read_draft(body, uploads))
    return attrs.evolve(interaction, answer_message_id=message.id, ephemeral=message.visible_to is not None)


def _deferred(world: World, interaction: Interaction, body: JsonObject, _: tuple[Upload, ...]) -> Interaction:
    flags = (MessageFlag(int(body.get("flags") or 0)) & MessageFlag.EPHEMERAL) | MessageFlag.LOADING
    message = say(world, interaction, Draft(flags=flags))
    return attrs.evolve(interaction, answer_message_id=message.id, ephemeral=message.visible_to is not None)


def _deferred_update(_: World, interaction: Interaction, __: JsonObject, ___: tuple[Upload, ...]) -> Interaction:
    return attrs.evolve(interaction, answer_message_id=interaction.message_id)


def _update(world: World, interaction: Interaction, body: JsonObject, uploads: tuple[Upload, ...]) -> Interaction:
    if interaction.message_id is None:
        raise ApiError(Refusal.BAD_REQUEST)
    message = world.message(interaction.channel_id, interaction.message_id)
    layout = bool(message.flags & MessageFlag.COMPONENTS_V2)
    rewrite(world, message, read_patch(body, uploads, layout=layout))
    return attrs.evolve(interaction, answer_message_id=message.id)


def _choices(_: World, interaction: Interaction, body: JsonObject, __: tuple[Upload, ...]) -> Interaction:
    return attrs.evolve(interaction, choices=read_choices(body))


def _modal(_: World, interaction: Interaction, body: JsonObject, __: tuple[Upload, ...]) -> Interaction:
    return attrs.evolve(interaction, modal=read_modal(body))


_Answer = Callable[[World, Interaction, JsonObject, tuple[Upload, ...]], Interaction]
_ANSWERS: dict[AnswerKind, _Answer] = {
    AnswerKind.MESSAGE: _message,
    AnswerKind.DEFERRED_MESSAGE: _deferred,
    AnswerKind.DEFERRED_UPDATE: _deferred_update,
    AnswerKind.UPDATE: _update,
    AnswerKind.CHOICES: _choices,
    AnswerKind.MODAL: _modal,
}
