"""The disk of the app: the room of its downloads, and what happens when the disk is too full for the database."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

from loguru import logger

from boss_bot_core.database import Database, DatabaseFullError
from boss_bot_core.domain.sizes import format_size
from boss_bot_core.operations.cleanup.uptime import read_clock
from boss_bot_core.pipeline.emergency_cleanup import EmergencyCleanup
from boss_bot_core.pipeline.guild_quota import GuildQuota
from boss_bot_core.pipeline.space import SpaceService
from boss_bot_core.queue import DispatcherRunningError
from boss_bot_core.queue.dispatcher_lock import DispatcherLock
from boss_bot_core.settings import Settings
from boss_bot_core.storage import Storage

LOCK_NAME = "dispatcher.lock"


@asynccontextmanager
async def open_database(url: str, storage: Storage) -> AsyncIterator[Database]:
    """Open the database; on a full disk, first delete what unfinished downloads have fetched.

    Raises:
        DatabaseError: The database cannot be used.
    """
    async with AsyncExitStack() as stack:
        try:
            database = await stack.enter_async_context(Database.open(url))
        except DatabaseFullError as error:
            # Where a dispatcher runs, its downloads need their files, and it makes room itself.
            try:
                with DispatcherLock(storage.layout.locks / LOCK_NAME):
                    await free_space(storage)
            except DispatcherRunningError:
                raise error from None
            database = await stack.enter_async_context(Database.open(url))
        yield database


async def free_space(storage: Storage) -> int:
    """Delete what unfinished downloads have fetched, so that the database can be written; no download may run.

    Returns:
        The bytes that were freed.
    """
    freed_bytes = await storage.discard_all_temp()
    logger.bind(action="disk_full").error(
        "The disk is full: {} of unfinished downloads were deleted, which start again.", format_size(freed_bytes)
    )
    return freed_bytes


def build_space(
    settings: Settings, database: Database, storage: Storage, announce_room: Callable[[], None]
) -> SpaceService:
    """Return the room of the downloads.

    Args:
        settings: The settings.
        database: The open database.
        storage: The files on disk.
        announce_room: Wakes the dispatcher.
    """
    quota = GuildQuota(database, settings.storage.guild_daily_bytes)
    cleanup = EmergencyCleanup(storage, database, read_clock)
    return SpaceService(storage, quota, cleanup, settings.download.max_file_size_bytes, announce_room)
