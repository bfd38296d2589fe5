"""Interactions beginning: what a person does becomes something the bot must answer.

It exists apart from answering because only people open interactions and only the bot answers them.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import attrs

from boss_bot_sandbox.discord.errors import ApiError, Refusal
from boss_bot_sandbox.discord.events import InteractionCreated, InteractionFailed
from boss_bot_sandbox.discord.model.command import Context, InstallKind
from boss_bot_sandbox.discord.model.interaction import Interaction, InteractionKind, InteractionStatus
from boss_bot_sandbox.discord.state.permissions import require

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.jsontypes import JsonObject
    from boss_bot_sandbox.discord.model.channels import Channel
    from boss_bot_sandbox.discord.model.snowflake import Snowflake
    from boss_bot_sandbox.discord.state.server_state import World


def open_interaction(
    world: World,
    kind: InteractionKind,
    user_id: Snowflake,
    channel_id: Snowflake,
    data: JsonObject,
    *,
    message_id: Snowflake | None = None,
) -> Interaction:
    """Start an interaction and its answer's deadline.

    Raises:
        ApiError: The person may not see the channel.
    """
    channel = world.channel(channel_id)
    require(world, channel, user_id)
    interaction = Interaction(
        id=world.ids.mint(),
        token=world.new_token(),
        kind=kind,
        user_id=user_id,
        channel_id=channel_id,
        guild_id=channel.guild_id,
        context=context_of(world, channel),
        data=data,
        started_s=time.monotonic(),
        owners=_owners(world, channel, user_id),
        message_id=message_id,
    )
    world.interactions[interaction.token] = interaction
    world.publish(InteractionCreated(interaction))
    loop = asyncio.get_running_loop()
    loop.call_later(world.options.answer_deadline_s, _expire, world, interaction.token)
    return interaction


def context_of(world: World, channel: Channel) -> Context:
    """Return what kind of place a channel is for the application."""
    if channel.guild_id is not None:
        return Context.GUILD
    return Context.BOT_DM if world.bot.id in channel.recipient_ids else Context.PRIVATE_CHANNEL


def _owners(world: World, channel: Channel, user_id: Snowflake) -> JsonObject:
    owners: JsonObject = {}
    if channel.guild_id is not None and world.is_member(channel.guild_id, world.bot.id):
        owners[str(InstallKind.GUILD.value)] = str(channel.guild_id)
    elif channel.guild_id is None and world.bot.id in channel.recipient_ids:
        # In a direct message with the bot, Discord names guild 0 as the owner.
        owners[str(InstallKind.GUILD.value)] = "0"
    if user_id in world.user_installs:
        owners[str(InstallKind.USER.value)] = str(user_id)
    return owners


def _expire(world: World, token: str) -> None:
    interaction = world.interactions.get(token)
    if interaction is not None and interaction.status is InteractionStatus.WAITING:
        failed = attrs.evolve(interaction, status=InteractionStatus.FAILED)
        world.interactions[token] = failed
        world.publish(InteractionFailed(failed))


def waiting(world: World, interaction_id: Snowflake, token: str) -> Interaction:
    """Return an interaction that may still get its first answer.

    Raises:
        ApiError: Unknown (or too late), or answered already.
    """
    interaction = world.interactions.get(token)
    if interaction is None or interaction.id != interaction_id or interaction.status is InteractionStatus.FAILED:
        raise ApiError(Refusal.UNKNOWN_INTERACTION)
    if interaction.status is InteractionStatus.ANSWERED:
        raise ApiError(Refusal.ALREADY_ANSWERED)
    return interaction


def answered(world: World, token: str) -> Interaction:
    """Return an interaction whose token still permits follow-ups.

    Raises:
        ApiError: Unknown webhook, or a token that has run out.
    """
    interaction = world.interactions.get(token)
    if interaction is None or interaction.status is not InteractionStatus.ANSWERED:
        raise ApiError(Refusal.UNKNOWN_WEBHOOK)
    if time.monotonic() - interaction.started_s >= world.options.interaction_life_s:
        raise ApiError(Refusal.INVALID_WEBHOOK_TOKEN)
    return interaction
