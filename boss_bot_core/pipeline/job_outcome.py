"""The outcome of a job, recorded in the queue and then published: completed, failed, retried, cancelled or released."""

import random
from datetime import timedelta
from functools import partial

from loguru import logger

from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.errors import DownloadError
from boss_bot_core.domain.events import JobCancelled, JobCompleted, JobFailed, JobRetryScheduled, JobStatusChanged
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.errors import (
    ChoiceNeededError,
    DiskFullError,
    DownloadFailedError,
    MachineError,
    NoRoomError,
    RoomExceededError,
)
from boss_bot_core.pipeline.event_bus import EventBus
from boss_bot_core.pipeline.runner import CompletedRun, OversizedRun
from boss_bot_core.pipeline.running_job import RunningJob, StopReason
from boss_bot_core.queue.claims import ClaimWriter
from boss_bot_core.queue.retry import RetryIn, decide_retry


def build_error(item: DownloadItem, error: DownloadFailedError) -> DownloadError:
    """Return the error of an item as a value, with the message for users."""
    return DownloadError(
        item_id=item.id,
        error_type=error.code,
        message=error.user_message,
        timestamp=utc_now(),
        retry_after=error.retry_after_s,
        choices=error.choices if isinstance(error, ChoiceNeededError) else (),
    )


def _choose_log_level(error: DownloadFailedError) -> str:
    # A full or broken disk fails all downloads, and only the operator can repair it.
    is_for_operator = isinstance(error, DiskFullError | MachineError)
    return "ERROR" if is_for_operator and not isinstance(error, NoRoomError | RoomExceededError) else "INFO"


class OutcomeRecorder:
    """Writes outcomes through the queue and publishes them on `bus`."""

    def __init__(self, claims: ClaimWriter, bus: EventBus, rng: random.Random) -> None:
        self._claims = claims
        self.bus = bus
        self._rng = rng

    async def record_completed(self, job: RunningJob, run: CompletedRun) -> None:
        """Record that the job is completed."""
        item = await self._claims.complete(job.item, run.files)
        self.bus.publish(JobStatusChanged(item=item))
        completed = JobCompleted(item=item, files=run.delivered, skipped=run.skipped, references=run.references)
        self.bus.publish(completed)
        counts = len(run.delivered), len(run.skipped)
        logger.bind(action="completed").info("Completed; files delivered: {}, skipped: {}.", *counts)

    async def record_oversized(self, job: RunningJob, run: OversizedRun) -> None:
        """Record that the job starts again with a lower limit, because the destination refused all its files."""
        item = await self._claims.requeue_smaller(job.item, run.limit_bytes)
        self.bus.publish(JobStatusChanged(item=item))
        logger.bind(action="oversized").info("Fetched again: {} bytes are allowed.", item.max_file_size_bytes)
        if item.status is DownloadStatus.CANCELLED:
            self.bus.publish(JobCancelled(item=item))

    async def record_failed(self, job: RunningJob, error: DownloadFailedError) -> None:
        """Record that an attempt failed, and either schedule the next attempt or fail the item."""
        if isinstance(error, NoRoomError) and error.may_wait:
            await self._record_wait(job, error)
            return
        item = job.item
        decision = decide_retry(error, item.attempt_count, item.max_attempts, self._rng)
        failure = build_error(item, error)
        log = partial(logger.bind(action="failed").log, _choose_log_level(error))
        if isinstance(decision, RetryIn):
            not_before = utc_now() + timedelta(seconds=decision.seconds)
            item = await self._claims.schedule_retry(item, failure, not_before)
            self.bus.publish(JobStatusChanged(item=item))
            # The item may have been cancelled or paused meanwhile; then no retry follows.
            if item.status is DownloadStatus.QUEUED:
                self.bus.publish(JobRetryScheduled(item=item, error=failure))
                log("Tried again in {:.0f} s: {}: {}", decision.seconds, error.code, error.message)
            elif item.status is DownloadStatus.CANCELLED:
                self.bus.publish(JobCancelled(item=item))
        else:
            item = await self._claims.fail(item, failure)
            self.bus.publish(JobStatusChanged(item=item))
            self.bus.publish(JobFailed(item=item, error=failure))
            log("Failed: {}: {}", error.code, error.message)

    async def _record_wait(self, job: RunningJob, error: NoRoomError) -> None:
        item = await self._claims.release(job.item)
        self.bus.publish(JobStatusChanged(item=item))
        logger.bind(action="no_room").info("Waits for room: {}", error.message)
        if item.status is DownloadStatus.CANCELLED:
            self.bus.publish(JobCancelled(item=item))

    async def record_stopped(self, job: RunningJob) -> None:
        """Record that the job was stopped from outside."""
        if job.stop_reason is StopReason.CANCEL:
            item = job.item if job.is_paused else await self._claims.cancel_running(job.item)
            if item.status is DownloadStatus.CANCELLED:
                logger.bind(action="cancelled").info("Cancelled.")
                self.bus.publish(JobStatusChanged(item=item))
                self.bus.publish(JobCancelled(item=item))
        elif job.stop_reason is StopReason.SHUTDOWN and not job.is_paused:
            self.bus.publish(JobStatusChanged(item=await self._claims.release(job.item)))
        # The row of a paused item is up to date: nothing is written, and a resume continues from its files.
