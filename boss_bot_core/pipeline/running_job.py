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
from boss_bot_core.errors import DownloadFailedError
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
    """A claimed item as last written, and its current worker.

    Attributes:
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

    def report(self, event: Callable[..., JobEvent]) -> None:
        """Publish an event about the current stage, of which nothing is written: its class, or a partial one."""
        self._bus.publish(event(item=self.item))

    async def report_progress(self, update: ProgressUpdate, *, must_write: bool = False) -> None:
        """Publish the progress, and write it at most every `PROGRESS_WRITE_S` seconds, or at once if it must be."""
        self._bus.publish(JobProgressed(item=self.item, update=update))
        now = time.monotonic()
        if (must_write or now - self._progress_written_at >= PROGRESS_WRITE_S) and self._may_write.is_set():
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

    async def end_worker(self, error: DownloadFailedError) -> None:
        """Kill the current worker, if there is one; its stage then raises `error`."""
        if self._worker is not None:
            await self._worker.kill(error)

    @property
    def is_paused(self) -> bool:
        """Whether the job is paused."""
        return not self._may_write.is_set()

    async def pause(self) -> bool:
        """Pause the row, then the worker; return whether the task may stay: it can continue, or it is too late."""
        self._may_write.clear()
        try:
            self.item = await self._claims.pause(self.item)
        except (TransitionRefusedError, StaleClaimError):
            self._may_write.set()  # the job entered its upload or ended after the pause was requested
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
