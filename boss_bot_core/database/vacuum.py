"""The removal of deleted content from the files of a database, which keep it until its place is used again."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from boss_bot_core.database.async_engine import AsyncEngine
from boss_bot_core.database.errors import build_sqlite_error, translate_errors
from boss_bot_core.database.leader_lock import is_single_writer
from boss_bot_core.database.schema.downloads import METADATA

_PATIENCE_S = 15.0
"""Seconds to wait for readers and writers of other processes."""


async def vacuum(engine: AsyncEngine) -> None:
    """Remove what was deleted from the files of the database, the write-ahead log included.

    A PostgreSQL server overwrites it in its own time, and has its own write-ahead log and backups.

    Raises:
        DatabaseError: An SQLite file cannot be written; a copy of it must fit on its disk.
    """
    if is_single_writer(engine):
        await asyncio.to_thread(_vacuum_file, Path(str(engine.url.database)))
        return
    names = ", ".join(table.name for table in METADATA.sorted_tables)
    with translate_errors(engine):
        async with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            await connection.execute(sa.text(f"VACUUM {names}"))


def _vacuum_file(path: Path) -> None:
    try:
        # Without SQLAlchemy, which begins a transaction for each statement.
        with closing(sqlite3.connect(path, timeout=_PATIENCE_S, isolation_level=None)) as connection:
            connection.execute("VACUUM")
            # The log has the old pages until it is cut, and a reader that is under way keeps it.
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as exc:
        raise build_sqlite_error(path, exc) from exc
