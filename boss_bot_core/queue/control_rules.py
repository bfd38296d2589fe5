"""The rules of control requests, as pure functions: the current item in, the result with the new item out."""

from datetime import datetime
from enum import StrEnum

import attrs

from boss_bot_core.domain.errors import DownloadError
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.link import FitChoice
from boss_bot_core.domain.status import DownloadStatus, can_transition
from boss_bot_core.queue import transitions

_S = DownloadStatus


class ControlOutcome(StrEnum):
    """The outcome of a control request."""

    DONE = "done"
    """The request was carried out."""
    REQUESTED = "requested"
    """The runner will carry out the request."""
    ALREADY = "already"
    """The request changes nothing: the item is in this state already."""
    REFUSED = "refused"
    """The item's status does not allow the request: it has ended, or is about to end."""


@attrs.frozen(kw_only=True)
class ControlResult:
    """The result of a control request.

    Attributes:
        outcome: The outcome.
        item: The item after the request.
    """

    outcome: ControlOutcome
    item: DownloadItem


def apply_cancel(item: DownloadItem, now: datetime) -> ControlResult:
    """Apply a request to cancel the item."""
    if item.is_running:
        return _build_requested(item, attrs.evolve(item, cancel_requested=True, pause_requested=False))
    if item.status is _S.CANCELLED:
        return _build_unchanged(item, ControlOutcome.ALREADY)
    if item.is_finished:
        return _build_unchanged(item, ControlOutcome.REFUSED)
    return ControlResult(outcome=ControlOutcome.DONE, item=transitions.cancel(item, now))


def apply_pause(item: DownloadItem) -> ControlResult:
    """Apply a request to pause the item; a request to cancel takes precedence."""
    if item.status is _S.PAUSED:
        return _build_unchanged(item, ControlOutcome.ALREADY)
    if item.cancel_requested or not can_transition(item.status, _S.PAUSED):
        return _build_unchanged(item, ControlOutcome.REFUSED)
    if item.is_running:
        return _build_requested(item, attrs.evolve(item, pause_requested=True))
    return ControlResult(outcome=ControlOutcome.DONE, item=transitions.enter_status(item, _S.PAUSED))


def apply_resume(item: DownloadItem) -> ControlResult:
    """Apply a request to resume the item."""
    if item.status is _S.PAUSED:
        return ControlResult(outcome=ControlOutcome.DONE, item=transitions.enter_status(item, _S.QUEUED))
    if item.pause_requested:
        return ControlResult(outcome=ControlOutcome.DONE, item=attrs.evolve(item, pause_requested=False))
    return _build_unchanged(item, ControlOutcome.REFUSED if item.is_finished else ControlOutcome.ALREADY)


def apply_retry(
    item: DownloadItem, max_file_size_bytes: int | None = None, fit: FitChoice | None = None
) -> ControlResult:
    """Apply a request to retry the item with all its attempts.

    Args:
        item: The item.
        max_file_size_bytes: The destination's current limit for one file, or None for the previous limit.
        fit: The answer to the item's open question; refused if the question is another one by now.
    """
    if not item.is_finished:
        return _build_unchanged(item, ControlOutcome.ALREADY)
    if fit is not None and fit not in item.choices:
        return _build_unchanged(item, ControlOutcome.REFUSED)
    if not can_transition(item.status, _S.QUEUED):
        return _build_unchanged(item, ControlOutcome.REFUSED)
    limit = item.max_file_size_bytes if max_file_size_bytes is None else max_file_size_bytes
    return ControlResult(outcome=ControlOutcome.DONE, item=transitions.restart(item, limit, fit))


def apply_give_up(item: DownloadItem, error: DownloadError, now: datetime) -> ControlResult:
    """Apply a request to fail the item instead of waiting for its next attempt; a started attempt goes on."""
    if item.status is not _S.QUEUED:
        return _build_unchanged(item, ControlOutcome.ALREADY if item.is_finished else ControlOutcome.REFUSED)
    return ControlResult(outcome=ControlOutcome.DONE, item=transitions.fail(item, error, now))


def _build_requested(before: DownloadItem, after: DownloadItem) -> ControlResult:
    outcome = ControlOutcome.ALREADY if before == after else ControlOutcome.REQUESTED
    return ControlResult(outcome=outcome, item=after)


def _build_unchanged(item: DownloadItem, outcome: ControlOutcome) -> ControlResult:
    return ControlResult(outcome=outcome, item=item)
