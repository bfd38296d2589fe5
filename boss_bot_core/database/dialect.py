"""The differences between SQLite and PostgreSQL: their URLs, and the setup of their engines and connections.

Only this module and `leader_lock` use SQL that one of the two databases does not know.
"""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from boss_bot_core.database.async_engine import AsyncEngine, create_async_engine
from boss_bot_core.database.errors import DatabaseError, DatabaseUrlError, build_sqlite_error

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}

_BUSY_TIMEOUT_S = 15.0
"""Seconds to wait while another process holds SQLite's write lock; a commit takes milliseconds."""

IMMEDIATE_OPTIONS = {"boss_bot_immediate": True}
"""Execution options of an engine whose transactions take SQLite's write lock when they begin."""


class _RollbackOnClose(sqlite3.Connection):
    """Releases the write lock when the connection is closed during a transaction, as after a cancelled task.

    SQLite would keep the transaction open until the last cursor is freed, and a traceback may hold one for minutes.
    """

    def close(self) -> None:
        """Roll back the uncommitted transaction, and close."""
        # A rollback fails if the connection is closed already or its file is out of reach; it must still be closed.
        with suppress(sqlite3.Error):
            self.rollback()
        super().close()


def create_engine(database_url: str) -> AsyncEngine:
    """Return an engine for a database URL; the engine connects at its first use.

    Raises:
        DatabaseUrlError: The URL or its driver cannot be used.
        DatabaseError: An SQLite file, or its folder, cannot be created or used.
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


def _parse_url(database_url: str) -> sa.URL:
    try:
        url = sa.make_url(database_url)
    except ArgumentError as exc:
        # The URL is not part of the message: it may hold a password even if it cannot be parsed.
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
    """Create the folder and the file, which stores its WAL mode. The asyncio driver would outlive a failed connection.

    Raises:
        DatabaseError: The folder or the file cannot be created or used.
    """
    try:
        # Other users of this host must not see what is downloaded. An existing folder keeps its mode.
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileExistsError):  # SQLite gives its further files the mode of the first one
            path.touch(mode=0o600, exist_ok=False)
        with closing(sqlite3.connect(path, timeout=_BUSY_TIMEOUT_S)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
    except OSError as exc:
        raise DatabaseError(f"{exc.filename} cannot be made: {exc.strerror}.") from exc
    except sqlite3.Error as exc:
        raise build_sqlite_error(path, exc) from exc


def _configure_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    # Python's driver begins transactions late, and never for DDL. It is switched off: `_begin_sqlite` begins them.
    connection.isolation_level = None
    cursor = connection.cursor()
    # Deleted content is overwritten: what a person has had deleted must not stay in the file.
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    immediate = connection.get_execution_options().get("boss_bot_immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
