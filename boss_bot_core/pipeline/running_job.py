"""A running job: a claimed item, with the writes of its runner and the controls of the dispatcher.

A runner writes to the queue only through its job, so that every write carries the claim that fences it.
"""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum, auto

from boss_bot_core.domain.events import JobDescribed, JobEvent, JobProgressed, JobStatusChanged
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.media import MediaInfo
from boss_bot_core.domain.progress import ProgressUpdate
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.pipeline.event_bus import EventBus
from boss_bot_core.queue.claims import ClaimWriter
from boss_bot_core.queue.errors import StaleClaimError, TransitionRefusedError
from boss_bot_core.worker import WorkerHandle

PROGRESS_WRITE_S = 5.0
"""Seconds between two writes of the progress (the PRD's update interval); every progress is published at once."""


class StopReason(Enum):
    """The reason for which the dispatcher cancels a job's task."""

    CANCEL = auto()
    PAUSE = auto()
    SHUTDOWN = auto()


class RunningJob:
    """A claimed item and its current worker.

    Attributes:
        item: The item as last written.
        stop_reason: The reason for which the task was cancelled, or None.
        is_recording_outcome: Whether the outcome is being recorded; the job can no longer be stopped.
    """

    def __init__(self, item: DownloadItem, claims: ClaimWriter, bus: EventBus) -> None:
        self.item = item
        self.stop_reason: StopReason | None = None
        self.is_recording_outcome = False
        self._claims = claims
        self._bus = bus
        self._stage = DownloadStatus.DOWNLOADING
        self._worker: WorkerHandle | None = None
        self._may_write = asyncio.Event()
        self._may_write.set()
        self._progress_written_at = 0.0

    async def advance(self, status: DownloadStatus) -> None:
        """Enter the next stage: write it, if the claim has not, and publish it. Waits while the job is paused."""
        await self._may_write.wait()
        self._stage = status
        if self.item.status is not status:
            self.item = await self._claims.advance(self.item, status)
        self._bus.publish(JobStatusChanged(item=self.item))

    async def describe(self, media: MediaInfo) -> None:
        """Write and publish the description of the post. Waits while the job is paused."""
        await self._may_write.wait()
        self.item = await self._claims.describe(self.item, media)
        self._bus.publish(JobDescribed(item=self.item, media=media))

    def report(self, build_event: Callable[..., JobEvent]) -> None:
        """Publish an event about the current stage, of which nothing is written; it is built with the item."""
        self._bus.publish(build_event(item=self.item))

    async def report_progress(self, update: ProgressUpdate) -> None:
        """Publish the progress, and write it at most every `PROGRESS_WRITE_S` seconds."""
        self._bus.publish(JobProgressed(item=self.item, update=update))
        now = time.monotonic()
        if now - self._progress_written_at >= PROGRESS_WRITE_S and self._may_write.is_set():
            self._progress_written_at = now
            self.item = await self._claims.record_progress(self.item, update.bytes_downloaded, update.total_bytes)

    @contextmanager
    def attach_worker(self, worker: WorkerHandle) -> Iterator[None]:
        """Set the worker that a pause suspends, for the duration of the context."""
        self._worker = worker
        try:
            yield
        finally:
            self._worker = None

    @property
    def is_paused(self) -> bool:
        """Whether the job is paused."""
        return not self._may_write.is_set()

    async def pause(self) -> bool:
        """Pause the job: first the row, then the worker.

        Returns:
            Whether the task may stay: either its worker is suspended and can continue, or it is too late for a pause.
        """
        self._may_write.clear()
        try:
            self.item = await self._claims.pause(self.item)
        except (TransitionRefusedError, StaleClaimError):
            # The job entered its upload or ended after the pause was requested.
            self._may_write.set()
            return True
        self._bus.publish(JobStatusChanged(item=self.item))
        if self._worker is None:
            return False
        await self._worker.pause()
        return True

    async def resume_with(self, item: DownloadItem) -> None:
        """Continue under a new claim, in the stage in which the job was paused."""
        self.item = item if self._stage is item.status else await self._claims.advance(item, self._stage)
        self._may_write.set()
        self._bus.publish(JobStatusChanged(item=self.item))
        if self._worker is not None:
            await self._worker.resume()
