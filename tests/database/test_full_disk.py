"""A full disk under SQLite, and a disk that refuses its file: each has its own error, and a later write works."""

import sqlite3
from pathlib import Path

import pytest

from boss_bot_core.database import Database, DatabaseError, DatabaseFullError
from boss_bot_core.database.errors import build_sqlite_error
from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.domain.users import UserSettings


async def fill(database: Database, max_pages: int) -> None:
    async with database.begin() as tx:
        # SQLite takes a limit below the present size for the present size.
        await tx.users._connection.exec_driver_sql(f"PRAGMA max_page_count = {max_pages}")
        for user_id in range(1000):
            await tx.users.put(UserSettings(user_id=user_id, created_at=utc_now()))


async def test_a_full_database_is_told_as_a_full_disk_and_works_again(url: str) -> None:
    async with Database.open(url) as database:
        with pytest.raises(DatabaseFullError) as caught:
            await fill(database, max_pages=1)
        await fill(database, max_pages=1_000_000)
        async with database.connect() as tx:
            assert await tx.users.get(999) is not None
    assert caught.value.code is ErrorType.DISK_FULL
    assert caught.value.retryable
    assert "/" not in caught.value.user_message


@pytest.mark.parametrize("name", ["SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_IOERR_WRITE"])
def test_the_reason_is_asked_of_the_disk(tmp_path: Path, name: str) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = getattr(sqlite3, name)
    path = tmp_path / "absent" / "boss-bot.db"
    told = build_sqlite_error(path, error)
    assert type(told) is DatabaseError
    assert str(told) == f"The database {path} cannot be used: disk I/O error (No such file or directory)."


def test_an_error_that_is_not_about_the_file_asks_nothing(tmp_path: Path) -> None:
    error = sqlite3.OperationalError("database is locked")
    error.sqlite_errorcode = sqlite3.SQLITE_BUSY
    assert str(build_sqlite_error(tmp_path / "absent" / "a.db", error)).endswith("cannot be used: database is locked.")
