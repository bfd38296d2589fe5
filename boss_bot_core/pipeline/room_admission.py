"""The admission of waiting downloads to the room on disk: the next one is claimed only when it fits.

A download that does not fit now waits in the queue until others give room back. One that can never fit is claimed all
the same, and fails at once with the reason.
"""

from collections.abc import Collection

from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.pipeline.space import SpaceService
from boss_bot_core.queue import DownloadQueue, StartVerdict


class RoomAdmission:
    """Claims items of `queue` for which there is room in `space`."""

    def __init__(self, queue: DownloadQueue, space: SpaceService) -> None:
        self.queue = queue
        self.space = space
        self._short: list[DownloadItem] = []
        self._is_last_resort = False

    async def claim_next(self, destinations: Collection[str]) -> DownloadItem | None:
        """Claim and return the next item that has room, or None; frees room for one that will not get it otherwise."""
        await self.space.refresh()
        self._short.clear()
        self._is_last_resort = False
        item = await self.queue.claim_next(destinations, self.judge)
        if item is None and self._short and await self._make_room(self._short[0]):
            item = await self.queue.claim_next(destinations, self.judge)
        return item

    def judge(self, item: DownloadItem) -> StartVerdict:
        """Decide whether an item has room to start."""
        plan, need = self.space.book.plan, self.space.estimate_need(item)
        can_never_start = need.least_bytes > plan.largest_bytes or self.space.quota.is_used_up(item.guild_id)
        if item.id in self.space.jobs or can_never_start or self._is_last_resort:
            return StartVerdict.START
        if self.space.quota.has_shares(item.guild_id) and self.space.quota.find_left_bytes(item) < need.fetched_bytes:
            return StartVerdict.PASS_OVER
        whole_bytes = min(need.whole_bytes, plan.largest_bytes)
        if plan.find_room(item.id) >= whole_bytes:
            return StartVerdict.START
        self._short.append(item)
        # Items behind this one would take its room again and again, if its room comes back with the running ones.
        return StartVerdict.HOLD if plan.find_room(item.id, is_alone=True) >= whole_bytes else StartVerdict.PASS_OVER

    async def _make_room(self, item: DownloadItem) -> bool:
        plan = self.space.book.plan
        whole_bytes = min(self.space.estimate_need(item).whole_bytes, plan.largest_bytes)
        freed_bytes = 0
        if (missing_bytes := whole_bytes - plan.find_disk_room(item.id, is_alone=True)) > 0:
            freed_bytes += await self.space.cleanup.free_room(missing_bytes)
        if (missing_bytes := whole_bytes - plan.find_temp_room(item.id, is_alone=True)) > 0:
            freed_bytes += await self.space.cleanup.free_room(missing_bytes, temp_only=True)
        await self.space.refresh()
        # With nothing running, no room comes back by itself: the item starts in what there is.
        self._is_last_resort = not self.space.jobs
        return freed_bytes > 0 or self._is_last_resort
