"""A local Discord, and a scene in it for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from boss_bot_sandbox.discord import LocalDiscord
from tests.bot.controls.scene import Scene, a_scene


@pytest.fixture
async def scene(local_discord: LocalDiscord, tmp_path: Path) -> AsyncIterator[Scene]:
    async with a_scene(local_discord, tmp_path) as scene:
        yield scene
