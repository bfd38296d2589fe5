"""One bot for each module of tests, as a child process between a local Discord and the media site."""

import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
import pytest_asyncio

from boss_bot_sandbox.discord import LocalDiscord, Options
from boss_bot_sandbox.harness.environment import build_bot_environment
from boss_bot_sandbox.site import RemoteSite
from tests.e2e.discord.bot_child import BotChild
from tests.e2e.discord.bot_driver import Sandbox
from tests.e2e.discord.scenarios import ScenarioTasks, start_scenarios

OpenSandbox = Callable[..., AbstractAsyncContextManager[Sandbox]]


@pytest.fixture(scope="session")
def open_sandbox(site: RemoteSite, tmp_path_factory: pytest.TempPathFactory) -> OpenSandbox:
    """Return a function that opens a sandbox; settings are given without the prefix `BOSS_BOT_`."""
    coverage = ",".join(name for name in os.environ if name.startswith("COVERAGE_"))

    @asynccontextmanager
    async def opened(options: Options | None = None, **settings: str) -> AsyncIterator[Sandbox]:
        folder = tmp_path_factory.mktemp("bot")
        more = {
            "WORKER_ENVIRONMENT": coverage,
            "STALL_S": "5",
            "MAX_DOWNLOADS_PER_USER": "5",
            "MAX_CONCURRENT_DOWNLOADS": "30",
        } | settings
        async with LocalDiscord(options) as discord:
            environment = build_bot_environment(discord, site, folder)
            bot = BotChild(discord, folder, environment | {f"BOSS_BOT_{name}": each for name, each in more.items()})
            await bot.start()
            try:
                yield Sandbox(discord, site, bot)
                assert bot.bugs() == []
                await bot.stop()
            finally:
                await bot.kill()

    return opened


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def sandbox(request: pytest.FixtureRequest, open_sandbox: OpenSandbox) -> AsyncIterator[Sandbox]:
    """A sandbox for the module, with the settings `SETTINGS` of the module, if it has some."""
    async with open_sandbox(**getattr(request.module, "SETTINGS", {})) as sandbox:
        yield sandbox


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def tasks(request: pytest.FixtureRequest, sandbox: Sandbox) -> AsyncIterator[ScenarioTasks]:
    """Start the scenarios of the module."""
    async with start_scenarios(sandbox, request.module.SCENARIOS) as tasks:
        yield tasks
