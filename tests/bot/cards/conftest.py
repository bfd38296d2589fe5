"""Fixtures of the card tests: an app without a dispatcher, and a card service with fake messages and a fake clock."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from boss_bot_core.app.app import App
from boss_bot_core.bot.cards.service import CardService
from boss_bot_core.chat_settings.service import ChatSettingsService
from tests.bot.cards.doubles import FakeCardMessages, FakeClock
from tests.bot.cards.harness import build_card_service, open_test_app


@pytest_asyncio.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    async with open_test_app(tmp_path) as app:
        yield app


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def messages(clock: FakeClock) -> FakeCardMessages:
    return FakeCardMessages(clock)


@pytest.fixture
def chat_settings(app: App) -> ChatSettingsService:
    return app.services.chat_settings


@pytest_asyncio.fixture
async def cards(app: App, messages: FakeCardMessages, clock: FakeClock) -> AsyncIterator[CardService]:
    cards = build_card_service(app, messages, clock=clock)
    await cards.start()
    clock.cards = cards
    yield cards
    await cards.close()
