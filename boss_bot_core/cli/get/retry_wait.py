"""The wait of a download for its next attempt: its length, its text, and the error when it is too long."""

from loguru import logger

from boss_bot_core.domain.clock import format_local_time, utc_now
from boss_bot_core.domain.errors import DownloadError, ErrorType
from boss_bot_core.domain.events import JobFailed
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.queue import ControlOutcome
from boss_bot_core.queue.control import QueueControl


def get_retry_wait_s(item: DownloadItem) -> float:
    """Return the seconds until the next attempt may start; 0 for an item that waits for no retry."""
    if item.status is not DownloadStatus.QUEUED or item.not_before is None:
        return 0.0
    return max(0.0, (item.not_before - utc_now()).total_seconds())


def format_retry_wait(item: DownloadItem) -> str:
    """Return the time and the number of the next attempt, as `until 15:04:10 (90 s), then attempt 2 of 3`."""
    wait_s, now = get_retry_wait_s(item), utc_now()
    until = format_local_time(item.not_before or now, now)
    return f"until {until} ({wait_s:.0f} s), then attempt {item.attempt_count + 1} of {item.max_attempts}"


async def give_up_long_wait(control: QueueControl, item: DownloadItem, max_wait_s: float) -> JobFailed | None:
    """Fail an item whose next attempt is further away than `max_wait_s`, with the error of its last attempt.

    Returns:
        The failure, or None if the wait is shorter, or if the next attempt has started meanwhile.
    """
    wait_s = get_retry_wait_s(item)
    if wait_s <= max_wait_s:
        return None
    error = DownloadError(
        item_id=item.id,
        error_type=item.error_type or ErrorType.UNKNOWN,
        message=f"{item.error_message} `--max-wait` is shorter than the wait for the next attempt.",
        timestamp=utc_now(),
        retry_after=wait_s,
    )
    result = await control.give_up(item.id, error)
    if result.outcome is not ControlOutcome.DONE:
        return None
    logger.bind(action="failed", job_id=item.short_id).info("Failed: {}: {}", error.error_type, error.message)
    return JobFailed(item=result.item, error=error)
