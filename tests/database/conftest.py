"""The database's tests open real SQLite files."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from boss_bot_core.database import Database


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/data/boss-bot.db"


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    async with Database.open(url) as database:
        yield database
