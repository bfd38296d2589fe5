"""Fixtures: those that plugin authors get from ``discord.testing``, and a bot with registered commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest_asyncio

from boss_bot_sandbox.discord.testing.fixtures import (
    connected_bot,
    discord_options,
    general,
    local_discord,
    recording_bot,
)

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.testing import RecordingBot

__all__ = ["connected_bot", "discord_options", "general", "local_discord", "recording_bot"]


@pytest_asyncio.fixture
async def synced_bot(connected_bot: RecordingBot) -> RecordingBot:
    """The connected bot after it has registered its application commands."""
    await connected_bot.tree.sync()
    return connected_bot
