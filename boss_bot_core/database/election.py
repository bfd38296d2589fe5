"""The right to be a shared database's only dispatcher: won, kept, and given back; whoever loses it is ended.

PostgreSQL gives the right to a connection. When its server is restarted the connection is gone: another bot may win
the right then, and two would run the same downloads if the first one went on.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from boss_bot_core.database.errors import DatabaseUnreachableError
from boss_bot_core.database.locks import leave_dispatching, still_connected, win_dispatching

CHECK_EVERY_S = 5.0


@asynccontextmanager
async def candidacy(connection: AsyncConnection) -> AsyncIterator[bool]:
    """Have the right inside the block if it can be had; yield whether that is so.

    Raises:
        DatabaseUnreachableError: The connection was lost, and the task in the block was cancelled for that.
    """
    if not await win_dispatching(connection):
        yield False
        return
    try:
        async with _watched(connection):
            yield True
    finally:
        # Back in the pool the connection would keep the right; a broken one has lost it.
        if not connection.invalidated:
            with suppress(DBAPIError):
                await leave_dispatching(connection)


@asynccontextmanager
async def _watched(connection: AsyncConnection) -> AsyncIterator[None]:
    holder = asyncio.current_task()
    watching = asyncio.create_task(_loss(connection), name="election")

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


async def _loss(connection: AsyncConnection) -> DBAPIError:
    while True:
        await asyncio.sleep(CHECK_EVERY_S)
        try:
            await still_connected(connection)
        except DBAPIError as error:
            return error
