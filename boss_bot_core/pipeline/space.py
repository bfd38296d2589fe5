"""The space of the downloads: reserved before a worker starts, corrected while bytes come, and released at the end.

Room is disk space, of which `ReservationBook` keeps the account, and what a guild may still fetch today (`GuildQuota`).
"""

import asyncio
from collections.abc import Callable
from uuid import UUID

from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.errors import DownloadFailedError
from boss_bot_core.pipeline.emergency_cleanup import EmergencyCleanup
from boss_bot_core.pipeline.guild_quota import GuildQuota
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.queue import StartVerdict
from boss_bot_core.storage import Storage
from boss_bot_core.storage.reservations import ReservationBook, build_reserve_error
from boss_bot_core.storage.room import RoomNeed, estimate_need, find_start_bytes


class SpaceService:
    """The room of all downloads of this process, and the shares of their guilds' days.

    Args:
        storage: The files on disk.
        quota: The daily quota of guilds.
        cleanup: Frees room before retention would.
        max_file_bytes: The program's own limit for one file.
        announce_room: Wakes the dispatcher because room was given back.

    Attributes:
        book: The reservations of room.
        jobs: The running jobs that hold room, the newest last.
    """

    def __init__(
        self,
        storage: Storage,
        quota: GuildQuota,
        cleanup: EmergencyCleanup,
        max_file_bytes: int,
        announce_room: Callable[[], None],
    ) -> None:
        self.quota = quota
        self.book = ReservationBook(storage.quota)
        self.jobs: dict[UUID, RunningJob] = {}
        self.announce_room = announce_room
        self._is_busy = asyncio.Event()
        self._storage = storage
        self.cleanup = cleanup
        self._max_file_bytes = max_file_bytes

    async def refresh(self) -> None:
        """Measure the space in use again."""
        await self.book.measure(self._storage.measure_usage)

    async def check_submission(self, guild_id: int) -> None:
        """Check that another download of a guild may be requested; a nearly full disk is cleaned up first.

        Raises:
            QuotaExceededError: The guild has used up its daily limit.
            DiskFullError: Less space is free than has to stay free.
        """
        try:
            await self.quota.check(guild_id)
            if not await self.restore_reserve():
                raise build_reserve_error()
        except DownloadFailedError as error:
            self._storage.errors.record_download_error(error.code)
            raise

    async def restore_reserve(self) -> bool:
        """Free room until as much is free as has to stay free; return whether it is."""
        await self.refresh()
        reserve_bytes = self._storage.quota.min_free_bytes
        if (missing_bytes := reserve_bytes - self.book.usage.free_bytes) > 0:
            await self.cleanup.free_room(missing_bytes)
            await self.refresh()
        return self.book.usage.free_bytes >= reserve_bytes

    def estimate_need(self, item: DownloadItem) -> RoomNeed:
        """Return the room that an item needs, as far as it is known."""
        return estimate_need(item, self._max_file_bytes)

    def judge(self, item: DownloadItem) -> StartVerdict:
        """Decide whether a waiting item has room to start, as far as the space was measured."""
        plan, need = self.book.plan, self.estimate_need(item)
        can_never_start = need.least_bytes > plan.largest_bytes or self.quota.is_used_up(item.guild_id)
        if item.id in self.jobs or can_never_start:
            return StartVerdict.START
        if self.quota.has_shares(item.guild_id) and self.quota.find_left_bytes(item) < need.fetched_bytes:
            return StartVerdict.PASS_OVER
        start_bytes = find_start_bytes(item, need, plan.largest_bytes)
        if plan.find_room(item.id) >= start_bytes:
            return StartVerdict.START
        # Items behind this one would take its room again and again, if its room comes back with the running ones.
        return StartVerdict.HOLD if plan.find_room(item.id, is_alone=True) >= start_bytes else StartVerdict.PASS_OVER

    def reserve(self, job: RunningJob) -> None:
        """Reserve the room of a claimed job, and its share of its guild's day; both may be less than it needs."""
        need = self.estimate_need(job.item)
        self.jobs[job.item.id] = job
        self.book.reserve(job.item.id, need)
        self.quota.reserve(job.item, need.fetched_bytes)
        self._is_busy.set()

    def release(self, item_id: UUID) -> None:
        """Give back the room and the share of an item; may be called again."""
        self.jobs.pop(item_id, None)
        self.book.release(item_id)
        self.quota.release(item_id)
        self.cleanup.allow()
        if not self.jobs:
            self._is_busy.clear()

    async def wait_until_busy(self) -> None:
        """Wait until a job holds room."""
        await self._is_busy.wait()
