"""Opens interactions for user actions, lets them expire, and finds those that the bot may answer."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import attrs

from boss_bot_sandbox.discord.errors import ApiError, ApiErrorKind
from boss_bot_sandbox.discord.events import InteractionCreated, InteractionFailed
from boss_bot_sandbox.discord.model.command import InstallKind, InteractionContext
from boss_bot_sandbox.discord.model.interaction import Interaction, InteractionKind, InteractionStatus
from boss_bot_sandbox.discord.state.permissions import require_permissions

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.jsontypes import JsonObject
    from boss_bot_sandbox.discord.model.channels import Channel
    from boss_bot_sandbox.discord.model.snowflake import Snowflake
    from boss_bot_sandbox.discord.state.server_state import ServerState


def open_interaction(
    state: ServerState,
    kind: InteractionKind,
    user_id: Snowflake,
    channel_id: Snowflake,
    data: JsonObject,
    *,
    message_id: Snowflake | None = None,
) -> Interaction:
    """Open an interaction, dispatch it to the bot and start the deadline of its first answer.

    Raises:
        ApiError: The user may not view the channel.
    """
    channel = state.channel(channel_id)
    require_permissions(state, channel, user_id)
    interaction = Interaction(
        id=state.ids.generate(),
        token=state.generate_token(),
        kind=kind,
        user_id=user_id,
        channel_id=channel_id,
        guild_id=channel.guild_id,
        context=interaction_context(state, channel),
        data=data,
        started_s=time.monotonic(),
        owners=_owners(state, channel, user_id),
        message_id=message_id,
    )
    state.interactions[interaction.token] = interaction
    state.publish(InteractionCreated(interaction))
    loop = asyncio.get_running_loop()
    loop.call_later(state.options.answer_deadline_s, _expire, state, interaction.token)
    return interaction


def interaction_context(state: ServerState, channel: Channel) -> InteractionContext:
    """Return the interaction context of a channel."""
    if channel.guild_id is not None:
        return InteractionContext.GUILD
    return InteractionContext.BOT_DM if state.bot.id in channel.recipient_ids else InteractionContext.PRIVATE_CHANNEL


def _owners(state: ServerState, channel: Channel, user_id: Snowflake) -> JsonObject:
    owners: JsonObject = {}
    if channel.guild_id is not None and state.is_member(channel.guild_id, state.bot.id):
        owners[str(InstallKind.GUILD.value)] = str(channel.guild_id)
    elif channel.guild_id is None and state.bot.id in channel.recipient_ids:
        # In direct messages with the bot, Discord gives guild 0 as the owner.
        owners[str(InstallKind.GUILD.value)] = "0"
    if user_id in state.user_installs:
        owners[str(InstallKind.USER.value)] = str(user_id)
    return owners


def _expire(state: ServerState, token: str) -> None:
    interaction = state.interactions.get(token)
    if interaction is not None and interaction.status is InteractionStatus.WAITING:
        failed = attrs.evolve(interaction, status=InteractionStatus.FAILED)
        state.interactions[token] = failed
        state.publish(InteractionFailed(failed))


def find_waiting_interaction(state: ServerState, interaction_id: Snowflake, token: str) -> Interaction:
    """Return an interaction that waits for its first answer.

    Raises:
        ApiError: The interaction is unknown, has failed, or is already answered.
    """
    interaction = state.interactions.get(token)
    if interaction is None or interaction.id != interaction_id or interaction.status is InteractionStatus.FAILED:
        raise ApiError(ApiErrorKind.UNKNOWN_INTERACTION)
    if interaction.status is InteractionStatus.ANSWERED:
        raise ApiError(ApiErrorKind.ALREADY_ANSWERED)
    return interaction


def find_answered_interaction(state: ServerState, token: str) -> Interaction:
    """Return an answered interaction whose token is still valid for followups.

    Raises:
        ApiError: The webhook is unknown, or the token has expired.
    """
    interaction = state.interactions.get(token)
    if interaction is None or interaction.status is not InteractionStatus.ANSWERED:
        raise ApiError(ApiErrorKind.UNKNOWN_WEBHOOK)
    if time.monotonic() - interaction.started_s >= state.options.interaction_life_s:
        raise ApiError(ApiErrorKind.INVALID_WEBHOOK_TOKEN)
    return interaction
