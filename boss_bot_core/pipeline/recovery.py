"""What a process that died has left: taken back by the queue, then told, so that cards and commands show it."""

from loguru import logger

from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.error_type import ErrorType
from boss_bot_core.domain.events import JobCancelled, JobFailed, JobStatusChanged
from boss_bot_core.domain.failures import DownloadError
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.pipeline.event_bus import EventBus
from boss_bot_core.queue import DownloadQueue


async def recover(queue: DownloadQueue, bus: EventBus) -> None:
    """Take back what a dead process was running; once, under the dispatcher's lock, before the first claim."""
    for item in await queue.recover():
        tell_taken_back(item, bus)


def tell_taken_back(item: DownloadItem, bus: EventBus) -> None:
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
