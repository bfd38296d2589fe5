"""The open database: its transactions, its migration at the start, and its leader lock."""

from asyncio import Lock
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext
from typing import Self

from boss_bot_core.concurrency import shielded
from boss_bot_core.database.async_engine import AsyncConnection, AsyncEngine
from boss_bot_core.database.dialect import IMMEDIATE_OPTIONS, create_engine
from boss_bot_core.database.errors import translate_errors
from boss_bot_core.database.leader_lock import hold_leader_lock, is_single_writer, lock_exclusively
from boss_bot_core.database.migrate import migrate
from boss_bot_core.database.unit_of_work import ReadUnit, UnitOfWork
from boss_bot_core.database.vacuum import vacuum


class Database:
    """An open database whose tables are up to date. Built by `open`, used in one event loop."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._write_engine = engine.execution_options(**IMMEDIATE_OPTIONS)
        # The writers of one process wait for this lock, first come, first served, instead of in SQLite's busy handler,
        # which polls with sleeps.
        self._write_lock = Lock() if is_single_writer(engine) else None
        self._is_closed = False

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str) -> AsyncIterator[Self]:
        """Open the database at `url`, create or migrate its tables, and close it at the end.

        Args:
            url: `sqlite:///path` (the folder is created) or `postgresql://user@host/name`.

        Raises:
            DatabaseUrlError, DatabaseNewerError: The URL cannot be used, or a newer version has changed the tables.
            DatabaseError: The database cannot be reached, read or written.
        """
        engine = create_engine(url)
        database = cls(engine)
        try:
            async with database._open_connection(database._write_engine) as connection, connection.begin():
                await lock_exclusively(connection)
                await connection.run_sync(migrate)
            yield database
        finally:
            database._is_closed = True
            await shielded(engine.dispose)()

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[ReadUnit]:
        """Yield a transaction that only reads; in SQLite all of its reads see the same state.

        Raises:
            DatabaseError: The database fails.
        """
        async with self._open_connection(self._engine) as connection:
            yield ReadUnit.from_connection(connection)

    @asynccontextmanager
    async def begin(self, *, exclusive: bool = False) -> AsyncIterator[UnitOfWork]:
        """Yield a transaction that may write; it is committed at the end, and rolled back after an exception.

        Args:
            exclusive: Exclude every other transaction begun with `exclusive`, for code that counts rows before it
                writes (admission, claim). SQLite excludes every other writer anyway.

        Raises:
            DatabaseError: The database fails, or another process keeps it locked for 15 s.
        """
        async with AsyncExitStack() as stack:
            if self._write_lock:
                await stack.enter_async_context(self._write_lock)
            connection = await stack.enter_async_context(self._open_connection(self._write_engine))
            await stack.enter_async_context(connection.begin())
            if exclusive and self._write_lock is None:
                await lock_exclusively(connection)
            yield UnitOfWork.from_connection(connection)

    @shielded
    async def vacuum(self) -> None:
        """Remove deleted content from the database's files; raises DatabaseError, for example on a full disk."""
        async with self._write_lock or nullcontext():
            await vacuum(self._engine)

    @property
    def is_shared(self) -> bool:
        """Whether processes on other machines may use the database."""
        return self._write_lock is None

    @asynccontextmanager
    async def hold_leader_lock(self) -> AsyncIterator[bool]:
        """Hold the right to be the only dispatcher of this database, among all machines; yield whether it was acquired.

        Raises:
            DatabaseUnreachableError: The connection and its lock were lost, and the task in the block was cancelled.
        """
        if not self.is_shared:
            yield True
            return
        # Without a transaction: one that stays open for weeks keeps PostgreSQL from vacuuming its tables.
        autocommit_engine = self._engine.execution_options(isolation_level="AUTOCOMMIT")
        async with self._open_connection(autocommit_engine) as connection, hold_leader_lock(connection) as is_leader:
            yield is_leader

    @asynccontextmanager
    async def _open_connection(self, engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
        connection = engine.connect()
        with translate_errors(engine):
            try:
                # Shielded, as the end: a cancellation at this moment makes the SQLite driver lose an open file.
                await shielded(connection.start)()
                yield connection
            finally:
                if connection.sync_connection is not None:
                    if self._is_closed:  # its pool, which would keep the connection open, was closed before it
                        await shielded(connection.invalidate)()
                    await shielded(connection.close)()
