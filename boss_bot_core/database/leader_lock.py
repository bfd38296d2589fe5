"""Locks that exclude other processes: one for transactions that count rows, and the leader lock of the dispatcher.

SQLite admits one writer at a time, and its file is on one machine, where the data folder has a lock for the
dispatcher. PostgreSQL has neither, so both locks are PostgreSQL advisory locks.

PostgreSQL ties the leader lock to one connection. When its server restarts, the connection and the lock are lost, and
another bot may acquire the lock. The bot that lost it must stop, because otherwise both would run the same downloads.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from boss_bot_core.concurrency import cancel_and_wait
from boss_bot_core.database.async_engine import AsyncConnection, AsyncEngine
from boss_bot_core.database.errors import DatabaseUnreachableError

_QUEUE_LOCK_ID = 0x626F7373_71756575
"""Number of the advisory lock of an exclusive transaction (`bossqueu` in ASCII)."""

_LEADER_LOCK_ID = 0x626F7373_64697370
"""Number of the advisory lock of the dispatcher, which lasts as long as its connection (`bossdisp` in ASCII)."""

CHECK_INTERVAL_S = 5.0
"""Seconds between two checks whether the connection with the leader lock still exists."""


def is_single_writer(engine: AsyncEngine) -> bool:
    """Return whether the database admits one writer at a time."""
    return engine.dialect.name == "sqlite"


async def lock_exclusively(connection: AsyncConnection) -> None:
    """Exclude other exclusive transactions, of all processes, until this one ends; SQLite's write lock already does."""
    if connection.dialect.name == "postgresql":
        await connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_QUEUE_LOCK_ID)))


async def acquire_leader_lock(connection: AsyncConnection) -> bool:
    """Acquire the leader lock for the lifetime of the connection; return False if another connection holds it."""
    return bool(await connection.scalar(sa.select(sa.func.pg_try_advisory_lock(_LEADER_LOCK_ID))))


async def check_connection(connection: AsyncConnection) -> None:
    """Check that the connection that holds the leader lock still exists.

    Raises:
        DBAPIError: The connection is lost, and the lock with it.
    """
    await connection.execute(sa.select(1))


async def release_leader_lock(connection: AsyncConnection) -> None:
    """Release the leader lock."""
    await connection.execute(sa.select(sa.func.pg_advisory_unlock(_LEADER_LOCK_ID)))


@asynccontextmanager
async def hold_leader_lock(connection: AsyncConnection) -> AsyncIterator[bool]:
    """Try to hold the leader lock during the block; yield whether it was acquired.

    Raises:
        DatabaseUnreachableError: The connection was lost, and the task in the block was cancelled.
    """
    if not await acquire_leader_lock(connection):
        yield False
        return
    try:
        async with _cancel_on_loss(connection):
            yield True
    finally:
        # The connection would keep the lock after its return to the pool. A broken connection has lost it already.
        if not connection.invalidated:
            with suppress(DBAPIError):
                await release_leader_lock(connection)


@asynccontextmanager
async def _cancel_on_loss(connection: AsyncConnection) -> AsyncIterator[None]:
    holder = asyncio.current_task()
    watcher = asyncio.create_task(_wait_for_loss(connection), name="leader-lock")

    def cancel_holder(watcher: "asyncio.Task[DBAPIError]") -> None:
        if holder is not None and not watcher.cancelled():
            holder.cancel()

    watcher.add_done_callback(cancel_holder)
    try:
        yield
    finally:
        await cancel_and_wait(watcher)
        if not watcher.cancelled():
            if holder is not None:
                holder.uncancel()
            raise DatabaseUnreachableError(
                "The connection to the database was lost, and with it the right to be its only bot; start me again."
            ) from watcher.result()


async def _wait_for_loss(connection: AsyncConnection) -> DBAPIError:
    while True:
        await asyncio.sleep(CHECK_INTERVAL_S)
        try:
            await check_connection(connection)
        except DBAPIError as error:
            return error
