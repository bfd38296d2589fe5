"""What keeps other processes out: of a transaction that counts rows, and of dispatching.

SQLite lets one writer in at a time, and its file is on one machine, whose data folder has a lock for the dispatcher.
PostgreSQL does neither for us; its advisory locks do.
"""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

_QUEUE_LOCK = 0x626F7373_71756575
"""The number under which PostgreSQL knows the lock of a transaction (`bossqueu` in ASCII)."""

_DISPATCHER_LOCK = 0x626F7373_64697370
"""The same of the dispatcher's, which lasts as long as its connection (`bossdisp` in ASCII)."""


def has_one_writer(engine: AsyncEngine) -> bool:
    """Tell whether the database lets one writer in at a time."""
    return engine.dialect.name == "sqlite"


async def be_alone(connection: AsyncConnection) -> None:
    """Keep every other such transaction out until this one ends, in all processes; SQLite's write lock has done so."""
    if connection.dialect.name == "postgresql":
        await connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_QUEUE_LOCK)))


async def win_dispatching(connection: AsyncConnection) -> bool:
    """Take the right to dispatch for as long as the connection lives; False where another one has it."""
    return bool(await connection.scalar(sa.select(sa.func.pg_try_advisory_lock(_DISPATCHER_LOCK))))


async def still_connected(connection: AsyncConnection) -> None:
    """Ask for a sign of life from the connection that has the right to dispatch.

    Raises:
        DBAPIError: The connection is gone, and the right with it.
    """
    await connection.execute(sa.select(1))


async def leave_dispatching(connection: AsyncConnection) -> None:
    """Give the right to dispatch back."""
    await connection.execute(sa.select(sa.func.pg_advisory_unlock(_DISPATCHER_LOCK)))
