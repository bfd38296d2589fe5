"""How a job ended, written and then told: completed, failed, tried again later, cancelled, paused, given back."""

import random
from datetime import timedelta
from functools import partial

from loguru import logger

from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.errors import DownloadError
from boss_bot_core.domain.events import JobCancelled, JobCompleted, JobFailed, JobRetryScheduled, JobStatusChanged
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.errors import DiskFullError, DownloadFailedError
from boss_bot_core.pipeline.event_bus import EventBus
from boss_bot_core.pipeline.runner import Finished, Oversized
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.pipeline.stop_reason import StopReason
from boss_bot_core.queue.claims import ClaimWriter
from boss_bot_core.queue.retry import RetryIn, decide_retry


def failure_of(item: DownloadItem, error: DownloadFailedError, *, permanent: bool) -> DownloadError:
    """Return the failure as a value, with the sentence that people are shown."""
    return DownloadError(
        item_id=item.id,
        error_type=error.code,
        message=error.user_message,
        timestamp=utc_now(),
        retry_after=error.retry_after_s,
        is_permanent=permanent,
    )


def _level_of(error: DownloadFailedError) -> str:
    # Only the operator can make room, and a full disk fails everybody's downloads.
    return "ERROR" if isinstance(error, DiskFullError) else "INFO"


class OutcomeRecorder:
    """Writes outcomes through the queue and publishes them."""

    def __init__(self, runs: ClaimWriter, bus: EventBus, rng: random.Random) -> None:
        self._runs = runs
        self._bus = bus
        self._rng = rng

    async def completed(self, job: RunningJob, finished: Finished) -> None:
        """Write and tell that the job is done."""
        item = await self._runs.complete(job.item, finished.files)
        self._bus.publish(JobStatusChanged(item=item))
        told = JobCompleted(
            item=item, files=finished.delivered, skipped=finished.skipped, references=finished.references
        )
        self._bus.publish(told)
        counts = len(finished.delivered), len(finished.skipped)
        logger.bind(action="completed").info("Completed; files delivered: {}, skipped: {}.", *counts)

    async def oversized(self, job: RunningJob, found: Oversized) -> None:
        """Write and tell that the job begins again, for a place that takes less than was believed."""
        item = await self._runs.requeue_smaller(job.item, found.limit_bytes)
        self._bus.publish(JobStatusChanged(item=item))
        logger.bind(action="oversized").info("Fetched again: {} bytes are allowed.", item.max_file_size_bytes)
        if item.status is DownloadStatus.CANCELLED:
            self._bus.publish(JobCancelled(item=item))

    async def failed(self, job: RunningJob, error: DownloadFailedError) -> None:
        """Write and tell that an attempt failed, and whether another follows."""
        item = job.item
        decision = decide_retry(error, item.attempt_count, item.max_attempts, self._rng)
        failure = failure_of(item, error, permanent=not error.retryable)
        log = partial(logger.bind(action="failed").log, _level_of(error))
        if isinstance(decision, RetryIn):
            not_before = utc_now() + timedelta(seconds=decision.seconds)
            item = await self._runs.schedule_retry(item, failure, not_before)
            self._bus.publish(JobStatusChanged(item=item))
            # Somebody may have cancelled or paused it meanwhile; then no retry follows.
            if item.status is DownloadStatus.QUEUED:
                self._bus.publish(JobRetryScheduled(item=item, error=failure))
                log("Tried again in {:.0f} s: {}: {}", decision.seconds, error.code, error.message)
            elif item.status is DownloadStatus.CANCELLED:
                self._bus.publish(JobCancelled(item=item))
        else:
            item = await self._runs.fail(item, failure)
            self._bus.publish(JobStatusChanged(item=item))
            self._bus.publish(JobFailed(item=item, error=failure))
            log("Failed: {}: {}", error.code, error.message)

    async def stopped(self, job: RunningJob) -> None:
        """Write and tell that the job was ended from outside."""
        if job.stop_reason is StopReason.CANCEL:
            item = job.item if job.is_paused else await self._runs.cancel_running(job.item)
            logger.bind(action="cancelled").info("Cancelled.")
            self._bus.publish(JobStatusChanged(item=item))
            self._bus.publish(JobCancelled(item=item))
        elif job.stop_reason is StopReason.SHUTDOWN and not job.is_paused:
            self._bus.publish(JobStatusChanged(item=await self._runs.release(job.item)))
        # A paused item's row says so already: nothing is written, and a resume finds its files.
