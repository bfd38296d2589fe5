"""The transitions of an item, as pure functions: the item before the transition in, the item after it out.

Every change of status goes through `enter_status`, and therefore through the one transition table.
"""

from datetime import datetime, timedelta

from attrs import evolve

from boss_bot_core.domain.errors import DownloadError
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.link import FitChoice
from boss_bot_core.domain.media import MediaInfo
from boss_bot_core.domain.status import DownloadStatus, can_transition
from boss_bot_core.queue.errors import TransitionRefusedError

_S = DownloadStatus

_LONGEST_WAIT_S = 366 * 86_400.0
"""A longer wait than this is no time at which it makes sense to try again; neither is one without an end."""


def enter_status(item: DownloadItem, status: DownloadStatus) -> DownloadItem:
    """Return `item` in `status`.

    Raises:
        TransitionRefusedError: The transition table does not allow the status.
    """
    if not can_transition(item.status, status):
        raise TransitionRefusedError(item, status)
    return evolve(item, status=status)


def claim(item: DownloadItem, now: datetime) -> DownloadItem:
    """Claim the item for a runner: a new claim number and one more attempt."""
    started = evolve(_clear_error(item), started_at=now, not_before=None)
    return evolve(enter_status(started, _S.DOWNLOADING), claim=item.claim + 1, attempt_count=item.attempt_count + 1)


def record_progress(item: DownloadItem, current: int, total: int | None) -> DownloadItem:
    """Set the received bytes and the total, None when it is unknown."""
    share = min(1.0, current / total) if total else 0.0
    return evolve(item, current_size=current, total_size=total, progress=share)


def record_description(item: DownloadItem, media: MediaInfo) -> DownloadItem:
    """Set the platform's description of the post."""
    return evolve(item, title=media.caption, author=media.author, adult=media.adult)


def complete(item: DownloadItem, now: datetime) -> DownloadItem:
    """Complete the item after its delivery; a pending request to cancel is dropped, because it came too late."""
    return evolve(_finish(_clear_error(item), _S.COMPLETED, now), progress=1.0)


def fail(item: DownloadItem, error: DownloadError, now: datetime) -> DownloadItem:
    """Fail the item; `not_before` becomes the time until which the site asks to wait, if it told."""
    failed = _finish(_set_error(item, error), _S.FAILED, now)
    asked_s = error.retry_after or 0.0
    return evolve(failed, not_before=now + timedelta(seconds=asked_s)) if 0 < asked_s <= _LONGEST_WAIT_S else failed


def cancel(item: DownloadItem, now: datetime) -> DownloadItem:
    """Cancel the item."""
    return _finish(item, _S.CANCELLED, now)


def release(item: DownloadItem, wanted: DownloadStatus, now: datetime) -> DownloadItem:
    """Release the item to `wanted` (queued or paused), or to the status of a pending control request."""
    if item.cancel_requested:
        return cancel(item, now)
    if item.pause_requested and can_transition(item.status, _S.PAUSED):
        wanted = _S.PAUSED
    return _clear_requests(enter_status(item, wanted))


def refund_attempt(item: DownloadItem) -> DownloadItem:
    """Undo the attempt counter: the bot interrupted the attempt, so it must not use up a retry."""
    return evolve(item, attempt_count=max(0, item.attempt_count - 1))


def schedule_retry(item: DownloadItem, error: DownloadError, not_before: datetime, now: datetime) -> DownloadItem:
    """Release the item after a failed attempt; the next attempt starts at `not_before`."""
    # The attempt ended without a crash: the item is not the cause of earlier crashes.
    released = release(evolve(_set_error(item, error), crash_count=0), _S.QUEUED, now)
    return released if released.is_finished else evolve(released, not_before=not_before)


def requeue_smaller(item: DownloadItem, max_file_size_bytes: int, now: datetime) -> DownloadItem:
    """Release the item with a lower limit for one file, because the destination refused its files for their size."""
    smaller = evolve(item, max_file_size_bytes=min(item.max_file_size_bytes, max_file_size_bytes), crash_count=0)
    return refund_attempt(release(evolve(smaller, progress=0.0, current_size=None, total_size=None), _S.QUEUED, now))


def restart(item: DownloadItem, max_file_size_bytes: int, fit: FitChoice | None = None) -> DownloadItem:
    """Queue a finished item again, with all its attempts, the current limit for one file, and the answer `fit`."""
    queued = evolve(enter_status(_clear_error(item), _S.QUEUED), attempt_count=0, completed_at=None, not_before=None)
    options = evolve(item.options, fit=fit or item.options.fit)
    queued = evolve(queued, max_file_size_bytes=max_file_size_bytes, options=options)
    return evolve(queued, progress=0.0, current_size=None, total_size=None, crash_count=0, crash_size=0)


def _finish(item: DownloadItem, status: DownloadStatus, now: datetime) -> DownloadItem:
    return evolve(_clear_requests(enter_status(item, status)), completed_at=now, not_before=None)


def _clear_requests(item: DownloadItem) -> DownloadItem:
    return evolve(item, cancel_requested=False, pause_requested=False)


def _clear_error(item: DownloadItem) -> DownloadItem:
    return evolve(item, error_type=None, error_message=None, choices=())


def _set_error(item: DownloadItem, error: DownloadError) -> DownloadItem:
    return evolve(item, error_type=error.error_type, error_message=error.message, choices=error.choices)
