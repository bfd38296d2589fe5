"""The watch over the disk while downloads run: corrects their room, and ends one of them when space runs out.

Merges and conversions write without any traffic, and other programs fill the disk as well: only measuring shows both.
"""

import asyncio

from loguru import logger

from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.pipeline.space import SpaceService
from boss_bot_core.storage.reservations import EXTENSION_BYTES, build_reserve_error
from boss_bot_core.storage.room import RoomNeed

_CHECK_INTERVAL_S = 1.0
"""Seconds between two measurements while downloads run; nothing is measured while none runs."""


class SpaceWatch:
    """Measures the space while downloads hold room."""

    def __init__(self, space: SpaceService) -> None:
        self._space = space

    async def run(self) -> None:
        """Check until cancelled; a failed check is logged, and the next one follows."""
        while True:
            await self._space.wait_until_busy()
            await asyncio.sleep(_CHECK_INTERVAL_S)
            try:
                await self.check()
            except Exception:  # noqa: BLE001 - a locked database must not end all later checks
                logger.bind(action="space").exception("The space of the downloads could not be checked.")

    async def check(self) -> None:
        """Check once: first the reserve on the disk, then the room of each download."""
        jobs, book = dict(self._space.jobs), self._space.book
        if not await self._space.restore_reserve() and jobs:
            # The newest loses the least. What it leaves is deleted, which may be enough for the others.
            newest = next(reversed(jobs.values()))
            await newest.end_worker(build_reserve_error())
            return
        for item_id, job in jobs.items():
            present_bytes = book.usage.get_temp_bytes(item_id)
            if job.item.status is DownloadStatus.UPLOADING:
                self._space.release(item_id)
                self._space.announce_room()
            elif present_bytes > book.held_bytes.get(item_id, 0):
                error = book.extend(item_id, RoomNeed(present_bytes, present_bytes + EXTENSION_BYTES))
                if error is not None:
                    await job.end_worker(error)
