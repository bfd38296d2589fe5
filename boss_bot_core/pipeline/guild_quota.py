"""The daily quota of guilds: what the downloads of each guild have fetched today (UTC), and what they may still fetch.

The count is kept in the database. What lies on disk does not tell it: a failed download leaves nothing, and one that is
delivered from storage costs space, but no traffic. In the dispatching process, each running download of a guild has a
share of its day reserved, so that several downloads cannot overshoot the day together.
"""

import sys
from collections import Counter
from datetime import date
from uuid import UUID

import attrs
from loguru import logger

from boss_bot_core.concurrency import shielded
from boss_bot_core.database import Database, DatabaseError
from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.items import LOCAL_ID, DownloadItem
from boss_bot_core.errors import QuotaExceededError


@attrs.define
class _Share:
    """The part of a guild's day that a running download may fetch, and has not fetched yet."""

    guild_id: int
    left_bytes: int


class GuildQuota:
    """Counts the bytes of each guild's day; downloads of the command line belong to no guild."""

    def __init__(self, database: Database, daily_bytes: int) -> None:
        self._database = database
        self._daily_bytes = daily_bytes
        self._day: date = utc_now().date()
        self._fetched_bytes: Counter[int] = Counter()
        self._shares: dict[UUID, _Share] = {}

    async def load(self) -> None:
        """Read today's counts; the dispatching process calls it before its first download."""
        day = utc_now().date()
        async with self._database.connect() as tx:
            self._fetched_bytes = Counter(await tx.guild_traffic.list_day(day))
        self._day = day

    async def check(self, guild_id: int) -> None:
        """Check that a guild may fetch more.

        Raises:
            QuotaExceededError: The guild has used up its daily limit.
        """
        async with self._database.connect() as tx:
            fetched_bytes = await tx.guild_traffic.count_bytes(guild_id, utc_now().date())
        if guild_id != LOCAL_ID and fetched_bytes >= self._daily_bytes:
            raise build_quota_error()

    def is_used_up(self, guild_id: int) -> bool:
        """Return whether the guild has fetched all that it may fetch today."""
        return guild_id != LOCAL_ID and self._get_fetched(guild_id) >= self._daily_bytes

    def has_shares(self, guild_id: int) -> bool:
        """Return whether downloads of the guild run."""
        return any(share.guild_id == guild_id for share in self._shares.values())

    def find_left_bytes(self, item: DownloadItem) -> int:
        """Return how many bytes a download may fetch, beside what the guild's other running downloads may fetch."""
        if item.guild_id == LOCAL_ID:
            return sys.maxsize
        others = (share for item_id, share in self._shares.items() if item_id != item.id)
        reserved_bytes = sum(share.left_bytes for share in others if share.guild_id == item.guild_id)
        return max(0, self._daily_bytes - self._get_fetched(item.guild_id) - reserved_bytes)

    def reserve(self, item: DownloadItem, wanted_bytes: int) -> int:
        """Set how many bytes a running download may still fetch, at most what is left; return the bytes."""
        if item.guild_id == LOCAL_ID:
            return self.find_left_bytes(item)
        granted = min(wanted_bytes, self.find_left_bytes(item))
        self._shares[item.id] = _Share(item.guild_id, granted)
        return granted

    def get_share(self, item: DownloadItem) -> int:
        """Return how many bytes a running download may still fetch."""
        share = self._shares.get(item.id)
        return self.find_left_bytes(item) if share is None else share.left_bytes

    def release(self, item_id: UUID) -> None:
        """Give back the share of a download, if it has one."""
        self._shares.pop(item_id, None)

    @shielded
    async def record(self, item: DownloadItem, fetched_bytes: int) -> None:
        """Add the bytes of one worker; a database that cannot be written loses them, but never ends the download."""
        if item.guild_id == LOCAL_ID or not fetched_bytes:
            return
        self._fetched_bytes[item.guild_id] = self._get_fetched(item.guild_id) + fetched_bytes
        if (share := self._shares.get(item.id)) is not None:
            share.left_bytes = max(0, share.left_bytes - fetched_bytes)
        try:
            async with self._database.begin() as tx:
                await tx.guild_traffic.add_bytes(item.guild_id, utc_now().date(), fetched_bytes)
        except DatabaseError as error:
            logger.bind(action="quota").warning("{} bytes of a server are not counted: {}", fetched_bytes, error)

    def _get_fetched(self, guild_id: int) -> int:
        if (today := utc_now().date()) != self._day:
            self._day, self._fetched_bytes = today, Counter()
        return self._fetched_bytes[guild_id]


def build_quota_error() -> QuotaExceededError:
    """Return the error of a guild that has used up its day."""
    return QuotaExceededError("This server has used up its downloads of today.")
