"""What keeps other processes out: of a transaction that counts rows, and of dispatching.

SQLite lets one writer in at a time, and its file is on one machine, whose data folder has a lock for the dispatcher.
PostgreSQL does neither for us; its advisory locks do.

The right to be a shared database's only dispatcher: won, kept, and given back; whoever loses it is ended.
PostgreSQL gives the right to a connection. When its server is restarted the connection is gone: another bot may win
the right then, and two would run the same downloads if the first one went on.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from boss_bot_core.database.errors import DatabaseUnreachableError

_QUEUE_LOCK_ID = 0x626F7373_71756575
"""The number under which PostgreSQL knows the lock of a transaction (`bossqueu` in ASCII)."""

_LEADER_LOCK_ID = 0x626F7373_64697370
"""The same of the dispatcher's, which lasts as long as its connection (`bossdisp` in ASCII)."""


def is_single_writer(engine: AsyncEngine) -> bool:
    """Tell whether the database lets one writer in at a time."""
    return engine.dialect.name == "sqlite"


async def lock_exclusively(connection: AsyncConnection) -> None:
    """Keep every other such transaction out until this one ends, in all processes; SQLite's write lock has done so."""
    if connection.dialect.name == "postgresql":
        await connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_QUEUE_LOCK_ID)))


async def acquire_leader_lock(connection: AsyncConnection) -> bool:
    """Take the right to dispatch for as long as the connection lives; False where another one has it."""
    return bool(await connection.scalar(sa.select(sa.func.pg_try_advisory_lock(_LEADER_LOCK_ID))))


async def check_connection(connection: AsyncConnection) -> None:
    """Ask for a sign of life from the connection that has the right to dispatch.

    Raises:
        DBAPIError: The connection is gone, and the right with it.
    """
    await connection.execute(sa.select(1))


async def release_leader_lock(connection: AsyncConnection) -> None:
    """Give the right to dispatch back."""
    await connection.execute(sa.select(sa.func.pg_advisory_unlock(_LEADER_LOCK_ID)))


CHECK_INTERVAL_S = 5.0


@asynccontextmanager
async def hold_leader_lock(connection: AsyncConnection) -> AsyncIterator[bool]:
    """Have the right inside the block if it can be had; yield whether that is so.

    Raises:
        DatabaseUnreachableError: The connection was lost, and the task in the block was cancelled for that.
    """
    if not await acquire_leader_lock(connection):
        yield False
        return
    try:
        async with _cancel_on_loss(connection):
            yield True
    finally:
        # Back in the pool the connection would keep the right; a broken one has lost it.
        if not connection.invalidated:
            with suppress(DBAPIError):
                await release_leader_lock(connection)


@asynccontextmanager
async def _cancel_on_loss(connection: AsyncConnection) -> AsyncIterator[None]:
    holder = asyncio.current_task()
    watching = asyncio.create_task(_wait_for_loss(connection), name="election")

    def end(watching: "asyncio.Task[DBAPIError]") -> None:
        if holder is not None and not watching.cancelled():
            holder.cancel()

    watching.add_done_callback(end)
    try:
        yield
    finally:
        watching.cancel()
        await asyncio.wait({watching})
        if not watching.cancelled():
            if holder is not None:
                holder.uncancel()
            raise DatabaseUnreachableError(
                "The connection to the database was lost, and with it the right to be its only bot; start me again."
            ) from watching.result()


async def _wait_for_loss(connection: AsyncConnection) -> DBAPIError:
    while True:
        await asyncio.sleep(CHECK_INTERVAL_S)
        try:
            await check_connection(connection)
        except DBAPIError as error:
            return error
