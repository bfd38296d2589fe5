"""Opening a database, and what is said when that is not possible."""

import asyncio
import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

from boss_bot_core.database import (
    Database,
    DatabaseError,
    DatabaseNewerError,
    DatabaseUnreachableError,
    DatabaseUrlError,
)

OPENER = """
import asyncio, sys
from boss_bot_core.database import Database, DatabaseError
async def main():
    async with Database.open(sys.argv[1]):
        pass
try:
    asyncio.run(main())
except DatabaseError:
    print("refused")
"""


async def failure_of(url: str) -> DatabaseError:
    with pytest.raises(DatabaseError) as caught:
        async with Database.open(url):
            raise AssertionError("opened")
    assert "\n" not in str(caught.value)
    return caught.value


async def test_the_folder_is_made_and_the_file_is_safe_against_power_loss(tmp_path: Path, url: str) -> None:
    async with Database.open(url) as database, database._engine.connect() as connection:
        spec = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 15_000}
        for pragma, value in spec.items():
            assert (await connection.exec_driver_sql(f"PRAGMA {pragma}")).scalar_one() == value
    assert (tmp_path / "data" / "boss-bot.db").exists()


async def test_what_was_written_is_there_at_the_next_opening(url: str) -> None:
    for _ in range(2):
        async with Database.open(url) as database, database.connect() as tx:
            assert await tx.files.list_for_item(uuid4()) == ()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://user:secret@host/db", "'mysql'"),
        ("sqlite+pysqlite:///x.db", "'sqlite+pysqlite'"),
        ("user:secret@host/db", "cannot be read"),
        ("", "cannot be read"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
    ],
)
async def test_a_url_that_cannot_be_used_is_explained(url: str, words: str) -> None:
    error = await failure_of(url)
    assert isinstance(error, DatabaseUrlError)
    assert words in str(error)
    assert "secret" not in str(error)


async def test_a_missing_driver_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    error = await failure_of("postgresql://user:secret@127.0.0.1/db")
    assert isinstance(error, DatabaseUrlError)
    assert "boss-bot-core[postgres]" in str(error)
    assert "secret" not in str(error)


async def test_a_server_that_is_not_there_is_said_without_the_password() -> None:
    pytest.importorskip("psycopg")
    error = await failure_of("postgresql://user:secret@127.0.0.1:1/db")
    assert isinstance(error, DatabaseUnreachableError)
    assert "127.0.0.1" in str(error)
    assert "secret" not in str(error)


async def test_a_newer_database_is_left_alone(tmp_path: Path, url: str) -> None:
    async with Database.open(url):
        pass
    with closing(sqlite3.connect(tmp_path / "data" / "boss-bot.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    error = await failure_of(url)
    assert isinstance(error, DatabaseNewerError)
    assert "9999" in str(error)
    assert "update boss-bot" in str(error)


async def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("shopping list " * 100)
    assert "not a database" in str(await failure_of(f"sqlite:///{path}"))
    assert path.read_text().startswith("shopping")


async def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert str(tmp_path / "file") in str(await failure_of(f"sqlite:///{tmp_path}/file/boss-bot.db"))


async def test_a_folder_in_the_files_place_is_said(tmp_path: Path) -> None:
    (tmp_path / "boss-bot.db").mkdir()
    assert "unable to open" in str(await failure_of(f"sqlite:///{tmp_path}/boss-bot.db"))


async def test_only_the_owner_may_read_the_file(tmp_path: Path, url: str) -> None:
    async with Database.open(url):
        assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


async def test_a_process_that_cannot_open_says_so_and_nothing_else(tmp_path: Path, url: str) -> None:
    """The driver's threads must not complain on the terminal that the event loop is gone."""
    (tmp_path / "folder.db").mkdir()
    async with Database.open(url):
        pass
    with closing(sqlite3.connect(tmp_path / "data" / "boss-bot.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    for refused in (url, f"sqlite:///{tmp_path}/folder.db"):
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", OPENER, refused, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
        )
        said, noise = await process.communicate()
        assert (said, noise) == (b"refused\n", b"")
