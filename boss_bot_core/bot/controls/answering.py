"""From an interaction to an action and back: within Discord's three seconds, and whatever breaks."""

import asyncio
from typing import Any, Protocol
from uuid import UUID

import discord
from loguru import logger

from boss_bot_core.bot.controls import replies
from boss_bot_core.bot.controls.actions import ControlAction
from boss_bot_core.bot.controls.permission import Actor
from boss_bot_core.bot.controls.replies import Reply
from boss_bot_core.domain.items import LOCAL_ID

PATIENCE_S = 1.5
"""How long an action may take before Discord is told to wait, seconds: half of its deadline."""


class Performer(Protocol):
    """Does what was asked; `Controls` is one."""

    async def perform(self, action: ControlAction, item_id: UUID, actor: Actor) -> Reply:
        """Do `action` and return what to say; never raises."""
        ...


def actor_of(interaction: discord.Interaction[Any]) -> Actor:
    """Return who is behind an interaction."""
    return Actor(
        user_id=interaction.user.id,
        guild_id=interaction.guild_id or LOCAL_ID,
        may_manage_messages=interaction.permissions.manage_messages,
    )


async def answer(interaction: discord.Interaction[Any], action: ControlAction | None, item_id: UUID) -> None:
    """Do what a button asks for and tell who pressed it.

    The bot has its controls as `client.controls`; an interaction knows nothing else of us.
    """
    performer: Performer = interaction.client.controls
    if action is None:
        await say(interaction, replies.OUTDATED)
        return
    doing = asyncio.ensure_future(performer.perform(action, item_id, actor_of(interaction)))
    await asyncio.wait({doing}, timeout=PATIENCE_S)
    if not doing.done():
        await _ask_for_time(interaction)
    await say(interaction, await doing)


async def say(interaction: discord.Interaction[Any], reply: Reply) -> None:
    """Show `reply`; an answer that Discord does not take any more is logged, for the action itself is done."""
    silent = discord.AllowedMentions.none()
    try:
        if interaction.response.is_done():
            await interaction.followup.send(reply.text, ephemeral=reply.ephemeral, allowed_mentions=silent)
        else:
            await interaction.response.send_message(reply.text, ephemeral=reply.ephemeral, allowed_mentions=silent)
    except (discord.HTTPException, OSError) as error:
        logger.bind(action="answer").warning(f"An answer to a control was lost: {type(error).__name__}.")


async def _ask_for_time(interaction: discord.Interaction[Any]) -> None:
    try:
        await interaction.response.defer(ephemeral=True, thinking=True)
    except (discord.HTTPException, OSError) as error:
        logger.bind(action="answer").warning(f"A control could not be deferred: {type(error).__name__}.")
