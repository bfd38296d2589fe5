"""From an interaction to an action and back: within Discord's three seconds, and whatever breaks."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Protocol
from uuid import UUID

import discord
from loguru import logger

from boss_bot_core.bot.api.retry import CONNECTION_ERRORS, retry_on_disconnect
from boss_bot_core.bot.context.access import build_actor
from boss_bot_core.bot.context.interaction import defer
from boss_bot_core.bot.controls.actions import Actor, ControlAction
from boss_bot_core.bot.texts import controls as control_texts
from boss_bot_core.bot.texts.controls import ControlReply

ACKNOWLEDGE_AFTER_S = 1.5
"""How long an action may take before Discord is told to wait, seconds: half of its deadline."""

_SILENT = discord.AllowedMentions.none()
_ALREADY_ACKNOWLEDGED = 40_060


class Performer(Protocol):
    """Does what was asked; `ControlService` is one."""

    async def perform(self, action: ControlAction, item_id: UUID, actor: Actor) -> ControlReply:
        """Do `action` and return what to say; never raises."""
        ...


def actor_of(interaction: discord.Interaction[Any]) -> Actor:
    """Return who is behind an interaction."""
    return build_actor(interaction.channel, interaction.user, interaction.permissions, interaction.guild_id)


async def respond_to_press(interaction: discord.Interaction[Any], action: ControlAction | None, item_id: UUID) -> None:
    """Do what a button asks for and tell who pressed it.

    The bot has its controls as `client.controls`; an interaction knows nothing else of us.
    """
    performer: Performer = interaction.client.controls
    if action is None:
        await send_reply(interaction, control_texts.OUTDATED)
        return
    doing = asyncio.ensure_future(performer.perform(action, item_id, actor_of(interaction)))
    await asyncio.wait({doing}, timeout=ACKNOWLEDGE_AFTER_S)
    if doing.done():
        await send_reply(interaction, await doing)
        return
    async with _losses_logged():
        await defer(interaction, ephemeral=True)
    reply = await doing
    async with _losses_logged():
        # It shows "thinking…". Filling that in may be repeated, unlike a further message: those take no nonce.
        await retry_on_disconnect(
            lambda: interaction.edit_original_response(content=reply.text, allowed_mentions=_SILENT)
        )


async def send_reply(interaction: discord.Interaction[Any], reply: ControlReply) -> None:
    """Show `reply` as the first answer; one that Discord does not take is logged, for the action itself is done."""
    async with _losses_logged():
        await retry_on_disconnect(
            lambda: interaction.response.send_message(reply.text, ephemeral=reply.ephemeral, allowed_mentions=_SILENT)
        )


@asynccontextmanager
async def _losses_logged() -> AsyncIterator[None]:
    try:
        yield
    except (discord.HTTPException, *CONNECTION_ERRORS) as error:
        # Acknowledged already: the connection broke after Discord had taken the answer.
        if getattr(error, "code", None) != _ALREADY_ACKNOWLEDGED:
            logger.bind(action="answer").warning(f"An answer to a control was lost: {type(error).__name__}.")
