"""What becomes of a person's wish about a download: pure, the item as it is in, the answer out."""

from datetime import datetime
from enum import StrEnum

import attrs

from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.status import DownloadStatus, may_follow
from boss_bot_core.queue import transitions

_S = DownloadStatus


class ControlOutcome(StrEnum):
    """What became of a request."""

    DONE = "done"
    """It is as asked now."""
    REQUESTED = "requested"
    """Its runner was told and will do it."""
    ALREADY = "already"
    """It was so before."""
    REFUSED = "refused"
    """It cannot be any more: it has ended, or is about to."""


@attrs.frozen(kw_only=True)
class ControlResult:
    """An answer to a request.

    Attributes:
        outcome: What became of it.
        item: The download afterwards.
    """

    outcome: ControlOutcome
    item: DownloadItem


def apply_cancel(item: DownloadItem, now: datetime) -> ControlResult:
    """Somebody wants it cancelled."""
    if item.is_running:
        return _build_requested(item, attrs.evolve(item, cancel_requested=True, pause_requested=False))
    if item.status is _S.CANCELLED:
        return _build_unchanged(item, ControlOutcome.ALREADY)
    if item.is_finished:
        return _build_unchanged(item, ControlOutcome.REFUSED)
    return ControlResult(outcome=ControlOutcome.DONE, item=transitions.cancel(item, now))


def apply_pause(item: DownloadItem) -> ControlResult:
    """Somebody wants it paused; a wish to cancel is stronger."""
    if item.status is _S.PAUSED:
        return _build_unchanged(item, ControlOutcome.ALREADY)
    if item.cancel_requested or not may_follow(item.status, _S.PAUSED):
        return _build_unchanged(item, ControlOutcome.REFUSED)
    if item.is_running:
        return _build_requested(item, attrs.evolve(item, pause_requested=True))
    return ControlResult(outcome=ControlOutcome.DONE, item=transitions.enter_status(item, _S.PAUSED))


def apply_resume(item: DownloadItem) -> ControlResult:
    """Somebody wants it to go on."""
    if item.status is _S.PAUSED:
        return ControlResult(outcome=ControlOutcome.DONE, item=transitions.enter_status(item, _S.QUEUED))
    if item.pause_requested:
        return ControlResult(outcome=ControlOutcome.DONE, item=attrs.evolve(item, pause_requested=False))
    return _build_unchanged(item, ControlOutcome.REFUSED if item.is_finished else ControlOutcome.ALREADY)


def apply_retry(item: DownloadItem, max_file_size_bytes: int | None = None) -> ControlResult:
    """Somebody wants it again, with all its attempts; for a place that takes so much now, or as much as before."""
    if not item.is_finished:
        return _build_unchanged(item, ControlOutcome.ALREADY)
    if not may_follow(item.status, _S.QUEUED):
        return _build_unchanged(item, ControlOutcome.REFUSED)
    limit = item.max_file_size_bytes if max_file_size_bytes is None else max_file_size_bytes
    return ControlResult(outcome=ControlOutcome.DONE, item=transitions.restart(item, limit))


def _build_requested(before: DownloadItem, after: DownloadItem) -> ControlResult:
    outcome = ControlOutcome.ALREADY if before == after else ControlOutcome.REQUESTED
    return ControlResult(outcome=outcome, item=after)


def _build_unchanged(item: DownloadItem, outcome: ControlOutcome) -> ControlResult:
    return ControlResult(outcome=outcome, item=item)
