"""The daily quota of guilds: counts what the downloads of each guild fetch in a day, and checks it for a new one.

The count is kept in the database. What lies on disk does not tell it: a failed download leaves nothing, and one that is
delivered from storage costs space, but no traffic.
"""

from loguru import logger

from boss_bot_core.concurrency import shielded
from boss_bot_core.database import Database, DatabaseError
from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.items import LOCAL_ID, DownloadItem
from boss_bot_core.errors import DownloadFailedError
from boss_bot_core.storage import Storage


class GuildQuota:
    """Counts the bytes of each guild's day (UTC); downloads of the command line belong to no guild."""

    def __init__(self, database: Database, storage: Storage) -> None:
        self._database = database
        self._storage = storage

    async def check(self, guild_id: int) -> None:
        """Check that a guild may fetch more, and that there is space for it.

        Raises:
            QuotaExceededError: The guild has used up its daily limit.
            DiskFullError: The space for all downloads is used up.
        """
        async with self._database.connect() as tx:
            fetched_bytes = await tx.guild_traffic.count_bytes(guild_id, utc_now().date())
        try:
            await self._storage.check_quota(guild_id, fetched_bytes)
        except DownloadFailedError as error:
            self._storage.errors.record_download_error(error.code)
            raise

    @shielded
    async def record(self, item: DownloadItem, fetched_bytes: int) -> None:
        """Add the bytes of one worker; a database that cannot be written loses them, but never ends the download."""
        if item.guild_id == LOCAL_ID or not fetched_bytes:
            return
        try:
            async with self._database.begin() as tx:
                await tx.guild_traffic.add_bytes(item.guild_id, utc_now().date(), fetched_bytes)
        except DatabaseError as error:
            logger.bind(action="quota").warning("{} bytes of a server are not counted: {}", fetched_bytes, error)
