"""An open desk without a dispatcher, and a board over a remembering surface and a clock of the test's own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from boss_bot_core.app.app import App
from boss_bot_core.bot.cards.service import CardService
from boss_bot_core.chat_settings.service import ChatSettingsService
from tests.bot.cards.doubles import FakeClock, RememberingSurface
from tests.bot.cards.harness import an_app, build_card_service


@pytest_asyncio.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    async with an_app(tmp_path) as app:
        yield app


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
async def cards(app: App, messages: RememberingSurface, clock: FakeClock) -> AsyncIterator[CardService]:
    cards = build_card_service(app, messages, clock=clock)
    await cards.start()
    clock.board = cards
    yield cards
    await cards.close()
