"""The supervision of one job: runs it to its end and records the outcome. Publishes what ended without a runner.

The supervisor knows how a runner can end. `OutcomeRecorder` knows how each outcome is written and published.
"""

import asyncio
from datetime import datetime, timedelta
from uuid import UUID

from loguru import logger

from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.errors import DownloadError, ErrorType
from boss_bot_core.domain.events import JobCancelled, JobFailed, JobStatusChanged
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.errors import DownloadFailedError, EngineBrokenError, find_bug
from boss_bot_core.pipeline.event_bus import EventBus
from boss_bot_core.pipeline.job_outcome import OutcomeRecorder
from boss_bot_core.pipeline.runner import OversizedRun, Runner
from boss_bot_core.pipeline.running_job import RunningJob, StopReason
from boss_bot_core.queue import DownloadQueue
from boss_bot_core.queue.errors import StaleClaimError

DISPLACED_AGE = timedelta(minutes=10)
"""Age up to which a displacement is published: longer than a restart takes, or than two machines' clocks differ."""


async def run_to_outcome(job: RunningJob, runner: Runner, recorder: OutcomeRecorder) -> bool:
    """Run a job to its end and record its outcome; raises only when the recording is cancelled.

    Returns:
        Whether the row shows the outcome; otherwise it still says that the job runs.
    """
    try:
        await _run_and_record(job, runner, recorder)
    except StaleClaimError:
        logger.warning("The claim has ended; the job is dropped.")
    except Exception:  # noqa: BLE001 - the queue itself failed, and may work again in a moment
        logger.exception("The job's end could not be written.")
        return False
    return True


async def _run_and_record(job: RunningJob, runner: Runner, recorder: OutcomeRecorder) -> None:
    try:
        run = await runner.run(job)
    except asyncio.CancelledError:
        job.is_recording_outcome = True
        job.stop_reason = job.stop_reason or StopReason.SHUTDOWN
        await recorder.record_stopped(job)
    except DownloadFailedError as error:
        job.is_recording_outcome = True
        await recorder.record_failed(job, error)
    except StaleClaimError:
        raise
    except Exception as error:  # noqa: BLE001 - a bug in the program ends one job, not the bot
        job.is_recording_outcome = True
        logger.exception("A bug ended the job.")
        await recorder.record_failed(job, find_bug(error) or EngineBrokenError("Something broke on my side."))
    else:
        job.is_recording_outcome = True
        if isinstance(run, OversizedRun):
            await recorder.record_oversized(job, run)
        else:
            await recorder.record_completed(job, run)


class DisplacementPublisher:
    """Publishes the failure of each item that was displaced from the full queue, by this process or by another."""

    def __init__(self, queue: DownloadQueue, bus: EventBus) -> None:
        self._queue = queue
        self._bus = bus
        self._published: set[tuple[UUID, datetime | None]] = set()

    async def publish_new(self) -> None:
        """Publish the failures since the last call, once each."""
        displaced = await self._queue.list_displaced(utc_now() - DISPLACED_AGE)
        for item in displaced:
            if (item.id, item.completed_at) not in self._published:
                logger.bind(action="displaced", job_id=item.short_id).info("{}", item.error_message)
                self._bus.publish(JobStatusChanged(item=item))
                self._bus.publish(JobFailed(item=item, error=_rebuild_error(item)))
        self._published = {(item.id, item.completed_at) for item in displaced}


def publish_requeued(item: DownloadItem, bus: EventBus) -> None:
    """Publish the state of an item that was requeued because its process died or its outcome was not recorded."""
    log = logger.bind(action="recovered", job_id=item.short_id)
    bus.publish(JobStatusChanged(item=item))
    if item.status is DownloadStatus.FAILED:
        log.error("Given up: {}", item.error_message)
        bus.publish(JobFailed(item=item, error=_rebuild_error(item)))
    else:
        log.info("Taken back after an unclean end.")
    if item.status is DownloadStatus.CANCELLED:
        bus.publish(JobCancelled(item=item))


def _rebuild_error(item: DownloadItem) -> DownloadError:
    return DownloadError(
        item_id=item.id,
        error_type=item.error_type or ErrorType.UNKNOWN,
        message=item.error_message or "",
        timestamp=item.completed_at or utc_now(),
    )
