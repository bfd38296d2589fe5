"""Fixtures: `database` and `database_url` for each supported database, and `url` of an SQLite file in a new folder."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from boss_bot_core.database import Database


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/data/boss-bot.db"


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    async with Database.open(database_url) as database:
        yield database
