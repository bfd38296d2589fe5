"""The fixtures that plugin authors get, used on the server itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
import pytest

from boss_bot_sandbox.discord.testing.fixtures import connected_bot, discord_options, local_discord, recording_bot

if TYPE_CHECKING:
    from boss_bot_sandbox.discord import LocalDiscord
    from boss_bot_sandbox.discord.testing import RecordingBot

__all__ = ["connected_bot", "discord_options", "local_discord", "recording_bot"]


@pytest.fixture
def general(local_discord: LocalDiscord, connected_bot: RecordingBot) -> discord.TextChannel:
    """Return the general channel as the client sees it."""
    channel = connected_bot.get_channel(local_discord.channel("general").id)
    assert isinstance(channel, discord.TextChannel)
    return channel
