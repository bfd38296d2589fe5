"""Fixtures for tests against a local Discord.

Name this module in ``pytest_plugins`` (or import the fixtures in a conftest) to have them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from boss_bot_sandbox.discord.options import Options
from boss_bot_sandbox.discord.redirect import redirected
from boss_bot_sandbox.discord.server import LocalDiscord

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
def discord_options() -> Options:
    """How the ``local_discord`` fixture is set up; override it to change limits or intents."""
    return Options()


@pytest_asyncio.fixture
async def local_discord(discord_options: Options) -> AsyncIterator[LocalDiscord]:
    """A running local Discord that discord.py clients of this process talk to."""
    async with LocalDiscord(discord_options) as server:
        with redirected(server.rest_url, server.gateway_url, server.cdn_url):
            yield server
