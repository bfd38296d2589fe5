"""Answers the press of a card's button, within Discord's three seconds and whatever happens to the action."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any
from uuid import UUID

import discord
from loguru import logger

from boss_bot_core.bot.api.errors import is_already_acknowledged
from boss_bot_core.bot.api.retry import CONNECTION_ERRORS, retry_on_disconnect
from boss_bot_core.bot.context.interaction import defer, read_interaction_invoker
from boss_bot_core.bot.controls.actions import ControlAction
from boss_bot_core.bot.texts import controls as control_texts
from boss_bot_core.bot.texts.controls import ControlReply

if TYPE_CHECKING:
    from boss_bot_core.bot.client import BossBot

ACKNOWLEDGE_AFTER_S = 1.5
"""How long an action may take before Discord is told to wait, seconds: half of its deadline."""

_SILENT = discord.AllowedMentions.none()


async def respond_to_press(
    interaction: discord.Interaction["BossBot"], action: ControlAction | None, item_id: UUID
) -> None:
    """Perform the action of a button and answer the user who pressed it.

    Args:
        interaction: The press. Its client holds the controls: an interaction leads to no other object of the bot.
        action: The action, or None when this version of the program does not know it.
        item_id: The download.
    """
    if action is None:
        await send_reply(interaction, control_texts.OUTDATED)
        return
    performing = asyncio.ensure_future(_perform(interaction, action, item_id))
    await asyncio.wait({performing}, timeout=ACKNOWLEDGE_AFTER_S)
    if performing.done():
        await send_reply(interaction, await performing)
        return
    async with _log_lost_answer():
        await defer(interaction, ephemeral=True)
    reply = await performing
    async with _log_lost_answer():
        # The answer shows "thinking…". Filling it in may be repeated; a further message may not, as it has no nonce.
        await retry_on_disconnect(
            lambda: interaction.edit_original_response(content=reply.text, allowed_mentions=_SILENT)
        )


async def _perform(interaction: discord.Interaction["BossBot"], action: ControlAction, item_id: UUID) -> ControlReply:
    return await interaction.client.controls.perform(action, item_id, await read_interaction_invoker(interaction))


async def send_reply(interaction: discord.Interaction[Any], reply: ControlReply) -> None:
    """Send the first answer to an interaction. A refused answer is only logged, because the action itself is done."""
    async with _log_lost_answer():
        await retry_on_disconnect(
            lambda: interaction.response.send_message(reply.text, ephemeral=reply.ephemeral, allowed_mentions=_SILENT)
        )


@asynccontextmanager
async def _log_lost_answer() -> AsyncIterator[None]:
    try:
        yield
    except (discord.HTTPException, *CONNECTION_ERRORS) as error:
        if not is_already_acknowledged(error):
            logger.bind(action="answer").warning(f"An answer to a control was lost: {type(error).__name__}.")
