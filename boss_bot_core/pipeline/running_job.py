"""One claimed item while it runs: what its runner may tell, and how it is stopped from outside.

A runner never touches the queue: it goes through its job, so that every write carries the claim that fences it.
"""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager

from boss_bot_core.domain.events import JobDescribed, JobProgressed, JobStatusChanged
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.media import MediaInfo
from boss_bot_core.domain.progress import ProgressUpdate
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.pipeline.event_bus import EventBus
from boss_bot_core.pipeline.stop_reason import Pausable, StopReason
from boss_bot_core.queue.claims import ClaimWriter
from boss_bot_core.queue.errors import StaleClaimError, TransitionRefusedError

PROGRESS_WRITE_S = 5.0
"""Progress is published at once and written this often, seconds: the PRD's update interval."""


class RunningJob:
    """A claimed item, its runner's task and the worker in hand.

    Attributes:
        item: The item as last written.
        stop_reason: Why the task was told to end, or None.
        is_settling: Whether its end is being written; it cannot be stopped any more.
    """

    def __init__(self, item: DownloadItem, runs: ClaimWriter, bus: EventBus) -> None:
        self.item = item
        self.stop_reason: StopReason | None = None
        self.is_settling = False
        self._runs = runs
        self._bus = bus
        self._stage = DownloadStatus.DOWNLOADING
        self._worker: Pausable | None = None
        self._may_write = asyncio.Event()
        self._may_write.set()
        self._written_at = 0.0

    # --- for the runner ---------------------------------------------------------------------------------------------

    async def advance(self, status: DownloadStatus) -> None:
        """Go to the next stage: written first, then told. Waits while the job is paused."""
        await self._may_write.wait()
        self._stage = status
        if self.item.status is not status:
            self.item = await self._runs.advance(self.item, status)
            self._bus.publish(JobStatusChanged(item=self.item))

    async def describe(self, media: MediaInfo) -> None:
        """Tell what the post is."""
        await self._may_write.wait()
        self.item = await self._runs.describe(self.item, media)
        self._bus.publish(JobDescribed(item=self.item, media=media))

    async def report(self, update: ProgressUpdate) -> None:
        """Tell how far it is; most reports are only published."""
        self._bus.publish(JobProgressed(item=self.item, update=update))
        now = time.monotonic()
        if now - self._written_at >= PROGRESS_WRITE_S and self._may_write.is_set():
            self._written_at = now
            self.item = await self._runs.record_progress(self.item, update.bytes_downloaded, update.total_bytes)

    @contextmanager
    def attached_to(self, worker: Pausable) -> Iterator[None]:
        """Name the worker that a pause stops, for as long as it runs."""
        self._worker = worker
        try:
            yield
        finally:
            self._worker = None

    # --- for the dispatcher -----------------------------------------------------------------------------------------

    @property
    def is_paused(self) -> bool:
        """Whether it stands still."""
        return not self._may_write.is_set()

    async def pause(self) -> bool:
        """Stand still: the row first, then the worker.

        Returns:
            Whether the task may stay: its worker stands still and can go on, or it is too late for a pause.
        """
        self._may_write.clear()
        try:
            self.item = await self._runs.pause(self.item)
        except (TransitionRefusedError, StaleClaimError):
            # It went on to its upload, or to its end, after the pause was asked for.
            self._may_write.set()
            return True
        self._bus.publish(JobStatusChanged(item=self.item))
        if self._worker is None:
            return False
        await self._worker.pause()
        return True

    async def resume_with(self, item: DownloadItem) -> None:
        """Go on under a new claim."""
        self.item = item
        if self._stage is not item.status:
            self.item = await self._runs.advance(item, self._stage)
        self._may_write.set()
        self._bus.publish(JobStatusChanged(item=self.item))
        if self._worker is not None:
            await self._worker.resume()
