"""What differs between SQLite and PostgreSQL: their URLs, and how a connection is set up.

No other module but `locks` speaks one database's own SQL.
"""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from boss_bot_core.database.errors import DatabaseError, DatabaseUrlError

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}

_BUSY_TIMEOUT_S = 15.0
"""How long another process may hold SQLite's write lock; a commit takes milliseconds."""

IMMEDIATE_OPTIONS = {"boss_bot_immediate": True}
"""Execution options of an engine whose transactions take SQLite's write lock at their beginning."""


class _RollbackOnClose(sqlite3.Connection):
    """Gives the write lock back when it is closed amid a transaction, as a cancelled task's connection is.

    SQLite would keep the transaction open until the last cursor is gone, and a traceback may hold one for minutes.
    """

    def close(self) -> None:
        """Undo what was not committed, and close."""
        # Closing goes on where there is nothing to undo any more: it was closed before, or its file is out of reach.
        with suppress(sqlite3.Error):
            self.rollback()
        super().close()


def create_engine(database_url: str) -> AsyncEngine:
    """Return an engine for the database URL `text`; it connects at first use.

    Raises:
        DatabaseUrlError: The URL or its driver cannot be used.
        DatabaseError: An SQLite file, or its folder, cannot be made or used.
    """
    url = _parse_url(database_url)
    if url.get_backend_name() == "sqlite":
        return _create_sqlite_engine(url)
    try:
        return create_async_engine(url, pool_pre_ping=True)
    except ModuleNotFoundError as exc:
        raise DatabaseUrlError(
            f"A PostgreSQL database needs the package {exc.name}: install boss-bot-core[postgres]."
        ) from exc


def _parse_url(text: str) -> sa.URL:
    try:
        url = sa.make_url(text)
    except ArgumentError as exc:
        # The text stays out of the message: what cannot be parsed may still hold a password.
        raise DatabaseUrlError(
            "The database URL cannot be read; write sqlite:///path or postgresql://host/name."
        ) from exc
    if url.drivername not in _DRIVERS:
        raise DatabaseUrlError(f"No database of the kind {url.drivername!r} can be used, only sqlite and postgresql.")
    if url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}:
        raise DatabaseUrlError("The database URL names no file; a queue in memory would be lost with the process.")
    return url.set(drivername=_DRIVERS[url.drivername])


def _create_sqlite_engine(url: sa.URL) -> AsyncEngine:
    path = Path(str(url.database))
    _prepare_file(path)
    engine = create_async_engine(url, connect_args={"timeout": _BUSY_TIMEOUT_S, "factory": _RollbackOnClose})
    sa.event.listen(engine.sync_engine, "connect", _configure_sqlite)
    sa.event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _prepare_file(path: Path) -> None:
    """Make the folder and put the file into WAL mode, which it keeps, or say why that cannot be.

    The driver is not used for this: its thread outlives a connection that fails, and complains when the loop is gone.
    """
    try:
        # What people download is nobody else's business on this machine; an existing folder stays as it is.
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with closing(sqlite3.connect(path, timeout=_BUSY_TIMEOUT_S)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
    except OSError as exc:
        raise DatabaseError(f"The folder {path.parent} cannot be made: {exc.strerror}.") from exc
    except sqlite3.Error as exc:
        raise DatabaseError(f"The database {path} cannot be used: {exc}.") from exc


def _configure_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    # Python's own transaction handling begins late and never for DDL: it is switched off, and `_begin_sqlite` begins.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    immediate = connection.get_execution_options().get("boss_bot_immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
