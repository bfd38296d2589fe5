"""Opening a database, and the errors when it cannot be opened."""

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


async def open_failing(url: str) -> DatabaseError:
    with pytest.raises(DatabaseError) as caught:
        async with Database.open(url):
            raise AssertionError("opened")
    assert "\n" not in str(caught.value)
    return caught.value


async def test_the_folder_is_created_and_the_file_survives_a_power_loss(tmp_path: Path, url: str) -> None:
    async with Database.open(url) as database, database._engine.connect() as connection:
        spec = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 15_000}
        for pragma, value in spec.items():
            assert (await connection.exec_driver_sql(f"PRAGMA {pragma}")).scalar_one() == value
    assert (tmp_path / "data" / "boss-bot.db").exists()


async def test_the_files_are_for_their_owner_only(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir(mode=0o755)
    async with Database.open(f"sqlite:///{tmp_path}/shared/boss-bot.db"):
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "shared").iterdir()}
    assert modes == {"boss-bot.db": 0o600, "boss-bot.db-wal": 0o600, "boss-bot.db-shm": 0o600}


async def test_a_database_can_be_opened_again(url: str) -> None:
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
async def test_an_unusable_url_raises_an_error_that_explains_it(url: str, words: str) -> None:
    error = await open_failing(url)
    assert isinstance(error, DatabaseUrlError)
    assert words in str(error)
    assert "secret" not in str(error)


async def test_the_error_of_a_missing_driver_names_the_package_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    error = await open_failing("postgresql://user:secret@127.0.0.1/db")
    assert isinstance(error, DatabaseUrlError)
    assert "boss-bot-core[postgres]" in str(error)
    assert "secret" not in str(error)


async def test_the_error_of_an_unreachable_server_omits_the_password() -> None:
    pytest.importorskip("psycopg")
    error = await open_failing("postgresql://user:secret@127.0.0.1:1/db")
    assert isinstance(error, DatabaseUnreachableError)
    assert "127.0.0.1" in str(error)
    assert "secret" not in str(error)


async def test_a_database_of_a_newer_version_is_refused(tmp_path: Path, url: str) -> None:
    async with Database.open(url):
        pass
    with closing(sqlite3.connect(tmp_path / "data" / "boss-bot.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    error = await open_failing(url)
    assert isinstance(error, DatabaseNewerError)
    assert "9999" in str(error)
    assert "update boss-bot" in str(error)


async def test_a_file_that_is_not_a_database_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("shopping list " * 100)
    assert "not a database" in str(await open_failing(f"sqlite:///{path}"))
    assert path.read_text().startswith("shopping")


async def test_the_error_of_a_folder_that_cannot_be_created_names_it(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert str(tmp_path / "file") in str(await open_failing(f"sqlite:///{tmp_path}/file/boss-bot.db"))


async def test_a_folder_at_the_path_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "boss-bot.db").mkdir()
    assert "unable to open" in str(await open_failing(f"sqlite:///{tmp_path}/boss-bot.db"))


async def test_only_its_owner_can_enter_the_folder(tmp_path: Path, url: str) -> None:
    async with Database.open(url):
        assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


async def test_a_process_that_cannot_open_a_database_prints_nothing_else(tmp_path: Path, url: str) -> None:
    """The driver's threads must not print an error that the event loop has ended."""
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
        output, errors = await process.communicate()
        assert (output, errors) == (b"refused\n", b"")
