"""Fixtures: `database` is each supported database, and `access` the service over it with a clock that tests advance."""

from collections.abc import AsyncIterator

import pytest

from boss_bot_core.access import AccessService, OperatorLimits
from boss_bot_core.chat_settings.service import ChatSettingsService
from boss_bot_core.database import Database
from boss_bot_core.testing.store.base import MovableClock


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    async with Database.open(database_url) as database:
        yield database


@pytest.fixture
async def access(database: Database, clock: MovableClock) -> AccessService:
    return await AccessService.open(database, OperatorLimits(downloads_per_day=3), clock=clock)


@pytest.fixture
def chat_settings(database: Database, access: AccessService, clock: MovableClock) -> ChatSettingsService:
    return ChatSettingsService(database, access, clock=clock)
