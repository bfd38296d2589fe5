"""The database as the other rooms open and use it."""

from asyncio import Lock
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Self

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from boss_bot_core.concurrency import uninterrupted
from boss_bot_core.database.dialect import IMMEDIATE, make_engine
from boss_bot_core.database.errors import failures_told
from boss_bot_core.database.leader_lock import be_alone, candidacy, has_one_writer
from boss_bot_core.database.migrate import migrate
from boss_bot_core.database.unit_of_work import Reading, Writing


class Database:
    """An open database, its tables brought up to date. Made by `open`, used in one event loop."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._writer = engine.execution_options(**IMMEDIATE)
        # Writers of one process queue up here, in order and at once, instead of in SQLite's busy handler, which sleeps.
        self._turn = Lock() if has_one_writer(engine) else None

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str) -> AsyncIterator[Self]:
        """Open the database at `url`, make or migrate its tables, and close it at the end.

        Args:
            url: `sqlite:///path` (the folder is made) or `postgresql://user@host/name`.

        Raises:
            DatabaseUrlError: The URL or its driver cannot be used.
            DatabaseNewerError: A newer version of this program has changed the tables.
            DatabaseError: The database cannot be reached, read or written.
        """
        engine = make_engine(url)
        try:
            database = cls(engine)
            await database._migrate()
            yield database
        finally:
            await engine.dispose()

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[Reading]:
        """Read, all from the same moment where the database is SQLite.

        Raises:
            DatabaseError: The database fails.
        """
        async with _connected(self._engine) as connection:
            yield Reading.over(connection)

    @asynccontextmanager
    async def begin(self, *, alone: bool = False) -> AsyncIterator[Writing]:
        """Write in one transaction, committed at the end, undone by an exception.

        Args:
            alone: Keep out every other transaction begun with `alone`: for what counts rows (admission, claim).
                SQLite does so for every writer.

        Raises:
            DatabaseError: The database fails, or another process keeps it locked for 15 s.
        """
        async with AsyncExitStack() as stack:
            if self._turn:
                await stack.enter_async_context(self._turn)
            connection = await stack.enter_async_context(_connected(self._writer))
            await stack.enter_async_context(connection.begin())
            if alone:
                await be_alone(connection)
            yield Writing.over(connection)

    @asynccontextmanager
    async def election(self) -> AsyncIterator[bool]:
        """Be this database's only dispatcher, on all machines, until the block is left; yield whether that is so.

        Raises:
            DatabaseError: The database fails.
            DatabaseUnreachableError: The right was lost with its connection; the task that has it was cancelled.
        """
        if has_one_writer(self._engine):
            yield True
            return
        # Outside every transaction: one that stays open for weeks keeps PostgreSQL from cleaning up.
        outside = self._engine.execution_options(isolation_level="AUTOCOMMIT")
        async with _connected(outside) as connection, candidacy(connection) as is_won:
            yield is_won

    async def _migrate(self) -> None:
        async with _connected(self._writer) as connection, connection.begin():
            await be_alone(connection)
            await connection.run_sync(migrate)


@asynccontextmanager
async def _connected(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    connection = engine.connect()
    with failures_told(engine):
        try:
            # SQLite's driver forgets the file that it has just opened when it is cancelled at that moment.
            await uninterrupted(connection.start)()
            yield connection
        finally:
            if connection.sync_connection is not None:
                await connection.close()
