"""The migrations create the tables that the code declares, on both databases, once, and in one transaction."""

import asyncio
import sqlite3
import sys
from contextlib import AsyncExitStack, closing
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from boss_bot_core.database import Database, DatabaseError
from boss_bot_core.database.migrate import HEAD
from boss_bot_core.database.schema.downloads import METADATA
from boss_bot_core.database.upgrade import MIGRATIONS_FOLDER, upgrade
from boss_bot_core.domain.status import DownloadStatus

OPENER = """
import asyncio, sys
from boss_bot_core.database import Database, DatabaseError
async def main():
    async with Database.open(sys.argv[1]):
        print("alembic" in sys.modules)
asyncio.run(main())
"""


def test_head_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS_FOLDER))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


async def test_migrated_tables_equal_the_declared_ones(database: Database) -> None:
    def differences(connection: sa.Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "target_metadata": METADATA})
        return list(compare_metadata(context, METADATA))

    async with database._engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_migrated_check_constraints_equal_the_declared_ones(database: Database) -> None:
    """Alembic's comparison ignores check constraints."""

    def checks(connection: sa.Connection) -> set[str | None]:
        return {check["name"] for check in sa.inspect(connection).get_check_constraints("download_items")}

    declared = {
        each.name for each in METADATA.tables["download_items"].constraints if isinstance(each, sa.CheckConstraint)
    }
    async with database._engine.connect() as connection:
        assert await connection.run_sync(checks) == declared


async def test_processes_that_start_at_once_create_the_tables_once(tmp_path: Path, url: str) -> None:
    openers = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", OPENER, url, stderr=asyncio.subprocess.PIPE)
        for _ in range(4)
    ]
    errors = [(await opener.communicate())[1].decode() for opener in openers]
    assert errors == [""] * 4
    with closing(sqlite3.connect(tmp_path / "data" / "boss-bot.db")) as connection, connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]
    connection.close()


async def test_concurrent_openings_of_a_new_database_all_succeed(database_url: str) -> None:
    async with AsyncExitStack() as stack:
        opened = await asyncio.gather(*(stack.enter_async_context(Database.open(database_url)) for _ in range(12)))
        assert len(set(opened)) == 12


async def test_a_start_with_current_tables_does_not_import_alembic(url: str) -> None:
    async with Database.open(url):
        pass
    opener = await asyncio.create_subprocess_exec(sys.executable, "-c", OPENER, url, stdout=asyncio.subprocess.PIPE)
    assert (await opener.communicate())[0] == b"False\n"


async def test_a_failed_migration_is_rolled_back(url: str, tmp_path: Path) -> None:
    """All migrations run in one transaction, including their DDL."""
    (tmp_path / "data").mkdir()
    with closing(sqlite3.connect(tmp_path / "data" / "boss-bot.db")) as connection, connection:
        connection.execute("CREATE TABLE downloaded_files (id INTEGER)")
    connection.close()
    with pytest.raises(DatabaseError, match="downloaded_files already exists"):
        await Database.open(url).__aenter__()
    with closing(sqlite3.connect(tmp_path / "data" / "boss-bot.db")) as connection, connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    connection.close()
    assert tables == [("downloaded_files",)]


async def test_downloads_of_an_older_version_are_kept(tmp_path: Path) -> None:
    path, item_id = tmp_path / "old.db", uuid4()
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        upgrade(connection, None, "0002")
        values = {"id": item_id.hex, "options": "{}", "status": "queued", "created_at": "2026-01-01 00:00:00.000000"}
        columns = sa.inspect(connection).get_columns("download_items")
        needed = {column["name"]: 0 for column in columns if not column["nullable"]} | values
        names = ", ".join(needed)
        placeholders = ", ".join(f":{name}" for name in needed)
        connection.execute(sa.text(f"INSERT INTO download_items ({names}) VALUES ({placeholders})"), needed)
    engine.dispose()
    async with Database.open(f"sqlite:///{path}") as database, database.connect() as tx:
        (item,) = await tx.items.list_by_status(DownloadStatus)
    assert (item.id, item.crash_count, item.crash_size, item.machine) == (item_id, 0, 0, None)
