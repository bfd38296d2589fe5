"""An open desk without a dispatcher, and a board over a remembering surface and a clock of the test's own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from boss_bot_core.access import AccessService, OperatorLimits
from boss_bot_core.app.app import App
from boss_bot_core.bot.cards.service import CardService
from boss_bot_core.chat_settings.service import ChatSettingsService
from tests.bot.cards.desk import an_app
from tests.bot.cards.stage import FakeClock, RememberingSurface


@pytest_asyncio.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    async with an_app(tmp_path) as app:
        yield app


@pytest_asyncio.fixture
async def people(app: App) -> AccessService:
    return await AccessService.open(app.services.database, OperatorLimits())


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def surface(clock: FakeClock) -> RememberingSurface:
    return RememberingSurface(clock)


@pytest.fixture
def chat_settings(app: App) -> ChatSettingsService:
    return app.services.chat_settings


@pytest_asyncio.fixture
async def board(
    app: App, surface: RememberingSurface, people: AccessService, clock: FakeClock
) -> AsyncIterator[CardService]:
    board = CardService(app, surface, people, clock=clock)
    await board.start()
    clock.board = board
    yield board
    await board.close()
