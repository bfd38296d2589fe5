"""The audit log tells a bot that may view it who added the bot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
import pytest

from boss_bot_sandbox.discord import LocalDiscord, Permission
from boss_bot_sandbox.discord.model.permissions import EVERYONE

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.testing import RecordingBot


async def invite(
    local_discord: LocalDiscord, connected_bot: RecordingBot, permissions: Permission
) -> tuple[discord.Guild, int]:
    guild = local_discord.seed.guild("Second", bot=False)
    eve = local_discord.seed.person("eve", guild)
    local_discord.admin.invite_bot(guild, by=eve, permissions=permissions)
    return await connected_bot.wait_for_event("guild_join"), eve.id


async def test_the_user_who_added_the_bot_is_named(local_discord: LocalDiscord, connected_bot: RecordingBot) -> None:
    guild, eve_id = await invite(local_discord, connected_bot, EVERYONE | Permission.VIEW_AUDIT_LOG)
    (entry,) = [one async for one in guild.audit_logs(action=discord.AuditLogAction.bot_add)]
    assert entry.target is not None
    assert (entry.user_id, entry.target.id) == (eve_id, local_discord.state.bot.id)
    assert [one async for one in guild.audit_logs(action=discord.AuditLogAction.kick)] == []


async def test_the_audit_log_needs_its_permission(local_discord: LocalDiscord, connected_bot: RecordingBot) -> None:
    guild, _ = await invite(local_discord, connected_bot, EVERYONE)
    with pytest.raises(discord.Forbidden) as refused:
        [one async for one in guild.audit_logs(action=discord.AuditLogAction.bot_add)]
    assert refused.value.code == 50013
