"""The first steps: one message to the user who added the bot to a guild, or else to its owner, or in the guild."""

from typing import Any

import discord
from loguru import logger

from boss_bot_core.bot.api.retry import CONNECTION_ERRORS
from boss_bot_core.bot.cards.message_api import CardMessages, EditResult
from boss_bot_core.bot.texts.privacy import first_steps_text

_ENTRIES = 10
"""Entries of the audit log that are searched: several bots may be added at once."""


async def welcome(guild: discord.Guild, messages: CardMessages, prefix: str) -> None:
    """Explain the first steps to whoever can be reached: who added the bot, the guild's owner, the system channel."""
    text = first_steps_text(guild.name, prefix)
    inviter_id = await _find_inviter(guild)
    for user_id in dict.fromkeys([inviter_id, guild.owner_id]):
        if user_id is not None and await messages.send_direct(user_id, text) is EditResult.DONE:
            return
    if not await _post(guild.system_channel, text):
        logger.bind(action="discord").info("The first steps could be explained to nobody in server {}.", guild.id)


async def _post(channel: discord.TextChannel | None, text: str) -> bool:
    try:
        if channel is not None:
            await channel.send(text, suppress_embeds=True)
    except (discord.HTTPException, *CONNECTION_ERRORS):
        return False
    return channel is not None


async def _find_inviter(guild: discord.Guild) -> int | None:
    """Return the user who added the bot, as the audit log tells it, if the bot may read that."""
    if not guild.me.guild_permissions.view_audit_log:
        return None
    entries: Any = guild.audit_logs(limit=_ENTRIES, action=discord.AuditLogAction.bot_add)
    try:
        async for entry in entries:
            if entry.target is not None and entry.target.id == guild.me.id:
                inviter_id: int | None = entry.user_id
                return inviter_id
    except (discord.HTTPException, *CONNECTION_ERRORS) as error:
        logger.bind(action="discord").debug("The audit log cannot be read: {!r}", error)
    return None
