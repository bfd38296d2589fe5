"""The steps of a download's life as pure functions: an item in, the item after the step out.

Every change of status goes through `enter_status`, and so through the one transition table. Writing is done elsewhere.
"""

from datetime import datetime

from attrs import evolve

from boss_bot_core.domain.errors import DownloadError
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.media import MediaInfo
from boss_bot_core.domain.status import DownloadStatus, may_follow
from boss_bot_core.queue.errors import TransitionRefusedError

_S = DownloadStatus


def enter_status(item: DownloadItem, status: DownloadStatus) -> DownloadItem:
    """Return `item` in `status`.

    Raises:
        TransitionRefusedError: The table does not allow it.
    """
    if not may_follow(item.status, status):
        raise TransitionRefusedError(item, status)
    return evolve(item, status=status)


def claim(item: DownloadItem, now: datetime) -> DownloadItem:
    """A runner takes it: a new claim, one more attempt."""
    taken = evolve(_clear_error(item), started_at=now, not_before=None)
    return evolve(enter_status(taken, _S.DOWNLOADING), claim=item.claim + 1, attempt_count=item.attempt_count + 1)


def record_progress(item: DownloadItem, current: int, total: int | None) -> DownloadItem:
    """Bytes arrived."""
    share = min(1.0, current / total) if total else 0.0
    return evolve(item, current_size=current, total_size=total, progress=share)


def record_description(item: DownloadItem, media: MediaInfo) -> DownloadItem:
    """The platform told what it is."""
    return evolve(item, title=media.caption, author=media.author, adult=media.adult)


def complete(item: DownloadItem, now: datetime) -> DownloadItem:
    """Its files are stored and delivered; a wish to cancel came too late."""
    return evolve(_finish(_clear_error(item), _S.COMPLETED, now), progress=1.0)


def fail(item: DownloadItem, error: DownloadError, now: datetime) -> DownloadItem:
    """It ended without its files."""
    return _finish(_set_error(item, error), _S.FAILED, now)


def cancel(item: DownloadItem, now: datetime) -> DownloadItem:
    """It ended because somebody wanted that."""
    return _finish(item, _S.CANCELLED, now)


def release(item: DownloadItem, wanted: DownloadStatus, now: datetime) -> DownloadItem:
    """Its runner lets go of it, to `wanted` (queued or paused) or to what somebody asked for meanwhile."""
    if item.cancel_requested:
        return cancel(item, now)
    if item.pause_requested and may_follow(item.status, _S.PAUSED):
        wanted = _S.PAUSED
    return _clear_requests(enter_status(item, wanted))


def refund_attempt(item: DownloadItem) -> DownloadItem:
    """The attempt at hand was ended by us, not by the site: it does not count."""
    return evolve(item, attempt_count=max(0, item.attempt_count - 1))


def schedule_retry(item: DownloadItem, error: DownloadError, not_before: datetime, now: datetime) -> DownloadItem:
    """The attempt failed; another follows at `not_before`."""
    # It ended by itself: whatever the program died of before, this was not it.
    back = release(evolve(_set_error(item, error), crash_count=0), _S.QUEUED, now)
    return back if back.is_finished else evolve(back, not_before=not_before)


def requeue_smaller(item: DownloadItem, max_file_size_bytes: int, now: datetime) -> DownloadItem:
    """Its place takes less than it was fetched for: the same attempt waits again, to fetch what fits."""
    smaller = evolve(item, max_file_size_bytes=min(item.max_file_size_bytes, max_file_size_bytes), crash_count=0)
    return refund_attempt(release(evolve(smaller, progress=0.0, current_size=None, total_size=None), _S.QUEUED, now))


def restart(item: DownloadItem, max_file_size_bytes: int) -> DownloadItem:
    """Somebody wants a finished download again, with all its attempts, for a place that takes so much now."""
    again = evolve(enter_status(_clear_error(item), _S.QUEUED), attempt_count=0, completed_at=None)
    again = evolve(again, max_file_size_bytes=max_file_size_bytes)
    return evolve(again, progress=0.0, current_size=None, total_size=None, crash_count=0, crash_size=0)


def _finish(item: DownloadItem, status: DownloadStatus, now: datetime) -> DownloadItem:
    return evolve(_clear_requests(enter_status(item, status)), completed_at=now, not_before=None)


def _clear_requests(item: DownloadItem) -> DownloadItem:
    return evolve(item, cancel_requested=False, pause_requested=False)


def _clear_error(item: DownloadItem) -> DownloadItem:
    return evolve(item, error_type=None, error_message=None)


def _set_error(item: DownloadItem, error: DownloadError) -> DownloadItem:
    return evolve(item, error_type=error.error_type, error_message=error.message)
