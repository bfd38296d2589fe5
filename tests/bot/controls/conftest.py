"""A local Discord and a client with cards for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from boss_bot_sandbox.discord import LocalDiscord
from tests.bot.controls.harness import CardHarness, open_harness


@pytest.fixture
async def harness(local_discord: LocalDiscord, tmp_path: Path) -> AsyncIterator[CardHarness]:
    async with open_harness(local_discord, tmp_path) as harness:
        yield harness
