"""Fixtures: a running local Discord, a bot that is connected to it, and the channel #general of that bot.

Import them in a conftest, or name this module in ``pytest_plugins``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
import pytest
import pytest_asyncio

from boss_bot_sandbox.discord.options import Options
from boss_bot_sandbox.discord.redirect import redirect_clients
from boss_bot_sandbox.discord.server import LocalDiscord
from boss_bot_sandbox.discord.testing.client import RecordingBot, run_bot

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
def discord_options() -> Options:
    """The options of ``local_discord``; override it to change limits or intents."""
    return Options()


@pytest_asyncio.fixture
async def local_discord(discord_options: Options) -> AsyncIterator[LocalDiscord]:
    """A running local Discord that all discord.py clients of this process use."""
    async with LocalDiscord(discord_options) as server:
        with redirect_clients(server.rest_url, server.gateway_url, server.cdn_url):
            yield server


@pytest.fixture
def recording_bot() -> RecordingBot:
    """The bot before it connects; override it to add commands."""
    return RecordingBot()


@pytest_asyncio.fixture
async def connected_bot(local_discord: LocalDiscord, recording_bot: RecordingBot) -> AsyncIterator[RecordingBot]:
    """The connected bot, which is ready and has all intents."""
    async with run_bot(recording_bot, local_discord.token) as bot:
        yield bot


@pytest.fixture
def general(local_discord: LocalDiscord, connected_bot: RecordingBot) -> discord.TextChannel:
    """The channel #general as the connected bot sees it."""
    channel = connected_bot.get_channel(local_discord.channel("general").id)
    assert isinstance(channel, discord.TextChannel)  # noqa: S101 - the standard guild has it
    return channel
