"""A job from its first stage to its settled end, whatever that end is.

Apart from the settlement because it knows what can end a runner, and nothing of what is written then.

What a process that died has left: taken back by the queue, then told, so that cards and commands show it.
"""

import asyncio

from loguru import logger

from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.errors import DownloadError, ErrorType
from boss_bot_core.domain.events import JobCancelled, JobFailed, JobStatusChanged
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.errors import DownloadFailedError, EngineBrokenError
from boss_bot_core.pipeline.event_bus import EventBus
from boss_bot_core.pipeline.job_outcome import OutcomeRecorder
from boss_bot_core.pipeline.runner import Oversized, Runner
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.pipeline.stop_reason import StopReason
from boss_bot_core.queue import DownloadQueue
from boss_bot_core.queue.errors import StaleClaimError


async def run_to_outcome(job: RunningJob, runner: Runner, recorder: OutcomeRecorder) -> bool:
    """Run a job to its end and settle it, whatever that end is; only a cancelled settlement raises.

    Returns:
        Whether the row is as it should be; otherwise it still says that the job runs.
    """
    try:
        await _run_to_outcome(job, runner, recorder)
    except StaleClaimError:
        logger.warning("Somebody else owns this item now; dropped.")
    except Exception:  # noqa: BLE001 - the queue itself failed, and may work again in a moment
        logger.exception("The job's end could not be written.")
        return False
    return True


async def _run_to_outcome(job: RunningJob, runner: Runner, recorder: OutcomeRecorder) -> None:
    try:
        ended = await runner.run(job)
    except asyncio.CancelledError:
        job.is_settling = True
        job.stop_reason = job.stop_reason or StopReason.SHUTDOWN
        await recorder.stopped(job)
    except DownloadFailedError as error:
        job.is_settling = True
        await recorder.failed(job, error)
    except StaleClaimError:
        raise
    except Exception:  # noqa: BLE001 - a bug of ours ends one job, not the bot
        job.is_settling = True
        logger.exception("A bug ended the job.")
        await recorder.failed(job, EngineBrokenError("Something broke on my side."))
    else:
        job.is_settling = True
        if isinstance(ended, Oversized):
            await recorder.oversized(job, ended)
        else:
            await recorder.completed(job, ended)


async def recover_items(queue: DownloadQueue, bus: EventBus) -> None:
    """Take back what a dead process was running; once, under the dispatcher's lock, before the first claim."""
    for item in await queue.recover():
        publish_requeued(item, bus)


def publish_requeued(item: DownloadItem, bus: EventBus) -> None:
    """Publish what became of an item whose end nobody wrote."""
    log = logger.bind(action="recovered", job_id=item.short_id)
    bus.publish(JobStatusChanged(item=item))
    if item.status is DownloadStatus.FAILED:
        log.error("Given up: {}", item.error_message)
        bus.publish(JobFailed(item=item, error=_failure_of(item)))
    else:
        log.info("Taken back after an unclean end.")
    if item.status is DownloadStatus.CANCELLED:
        bus.publish(JobCancelled(item=item))


def _failure_of(item: DownloadItem) -> DownloadError:
    return DownloadError(
        item_id=item.id,
        error_type=item.error_type or ErrorType.UNKNOWN,
        message=item.error_message or "",
        timestamp=item.completed_at or utc_now(),
    )
