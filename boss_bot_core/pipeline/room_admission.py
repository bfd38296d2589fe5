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
        item = await self.queue.claim_next(destinations, self._judge)
        if item is None and self._short and await self._make_room(self._short[0]):
            item = await self.queue.claim_next(destinations, self._judge)
        return item

    def _judge(self, item: DownloadItem) -> StartVerdict:
        if self._is_last_resort:
            return StartVerdict.START
        verdict = self.space.judge(item)
        if verdict is not StartVerdict.START:
            self._short.append(item)
        return verdict

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
