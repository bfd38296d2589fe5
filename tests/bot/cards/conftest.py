"""An open desk without a dispatcher, and a board over a remembering surface and a clock of the test's own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from boss_bot_core.access import AccessService, OperatorLimits
from boss_bot_core.app.app import App
from boss_bot_core.bot.cards.service import CardService
from boss_bot_core.chat_settings.service import ChatSettingsService
from tests.bot.cards.doubles import FakeClock, RememberingSurface
from tests.bot.cards.harness import an_app


@pytest_asyncio.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    async with an_app(tmp_path) as app:
        yield app


@pytest_asyncio.fixture
async def access(app: App) -> AccessService:
    return await AccessService.open(app.services.database, OperatorLimits())


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def messages(clock: FakeClock) -> RememberingSurface:
    return RememberingSurface(clock)


@pytest.fixture
def chat_settings(app: App) -> ChatSettingsService:
    return app.services.chat_settings


@pytest_asyncio.fixture
async def cards(
    app: App, messages: RememberingSurface, access: AccessService, clock: FakeClock
) -> AsyncIterator[CardService]:
    cards = CardService(app, messages, access, clock=clock)
    await cards.start()
    clock.board = cards
    yield cards
    await cards.close()
