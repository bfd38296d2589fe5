"""A bot with its own local Discord for each test that uses it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from boss_bot_core.bot.client import BossBot
from boss_bot_sandbox.discord import LocalDiscord
from boss_bot_sandbox.site import RemoteSite
from tests.bot.bot_runner import open_bot, open_discord, settings_for


@pytest.fixture
async def local_discord() -> AsyncIterator[LocalDiscord]:
    async with open_discord() as server:
        yield server


@pytest.fixture
async def bot(local_discord: LocalDiscord, site: RemoteSite, tmp_path: Path) -> AsyncIterator[BossBot]:
    # No plugin makes a large file fit.
    settings = settings_for(local_discord, site, tmp_path / "data", disabled_plugins=("media",))
    async with open_bot(settings, local_discord.token) as bot:
        yield bot
