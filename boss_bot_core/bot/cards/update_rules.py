"""What an event changes in what is known of a download: pure.

The PRD's notification rules: which change a requester is shown, and when their place in the queue is news. Pure.
"""

from datetime import datetime, timedelta

import attrs
from attrs import evolve

from boss_bot_core.bot.cards.edit_timing import Urgency
from boss_bot_core.bot.cards.model import CardData
from boss_bot_core.bot.texts import cards as card_texts
from boss_bot_core.domain.events import JobCompleted, JobDescribed, JobEvent, JobProgressed, JobQueued, JobStatusChanged
from boss_bot_core.domain.progress import QueuePosition
from boss_bot_core.domain.status import RUNNING, DownloadStatus
from boss_bot_core.domain.users import NotificationPreference, UserPreferences


def apply_event(view: CardData, event: JobEvent) -> CardData:
    """Return what is known after `event`."""
    if isinstance(event, JobQueued):
        # Asked for anew: nothing of what was before holds.
        return CardData(item=event.item)
    waits = event.item.status is DownloadStatus.QUEUED
    # How fast it was says nothing of how fast it will be.
    view = evolve(view, item=event.item, update=None if waits else view.update)
    if isinstance(event, JobProgressed):
        return evolve(view, update=event.update)
    if isinstance(event, JobCompleted):
        return evolve(view, files=event.files, skipped=event.skipped)
    return view


def urgency_of(event: JobEvent) -> Urgency | None:
    """Return how urgent the card's edit is; None: another event that says more follows at once."""
    if isinstance(event, JobProgressed | JobDescribed):
        return Urgency.PROGRESS
    if isinstance(event, JobStatusChanged) and event.item.is_finished:
        return None
    return Urgency.STATE


def affects_queue(event: JobEvent) -> bool:
    """Tell whether the places of waiting downloads may have changed."""
    return not isinstance(event, JobProgressed | JobDescribed)


SAME_START = timedelta(seconds=30)
"""An estimate that moves by less is not told: it would be an edit for nothing."""

SIGNIFICANT_DELAY = timedelta(minutes=2)

_S = DownloadStatus


def should_edit(level: NotificationPreference, before: DownloadStatus | None, now: DownloadStatus) -> bool:
    """Tell whether a card is edited from state `before` (None: nobody knows what it shows) to state `now`.

    A pause is somebody's own doing and is always answered; otherwise the buttons would lie.
    """
    if before is None or now in {_S.COMPLETED, _S.FAILED, _S.CANCELLED} or _S.PAUSED in {before, now}:
        return True
    if level is NotificationPreference.MINIMAL:
        return before not in RUNNING and now in RUNNING
    return level is not NotificationPreference.NONE


def wants_ping(preferences: UserPreferences) -> bool:
    """Tell whether the requester is pinged on completion."""
    return preferences.mention_on_complete and preferences.notification_level is not NotificationPreference.NONE


def with_queue_position(
    view: CardData, place: QueuePosition | None, now: datetime, promised: datetime | None
) -> CardData:
    """Return `view` with its place in the queue, and with what is news about it.

    Args:
        view: The download as last shown.
        place: Where it waits now; None when it does not wait.
        now: The time.
        promised: When it was first said to start.
    """
    if place is None:
        return attrs.evolve(view, position=None, starts_at=None, notice=None)
    wait_s = place.estimated_wait_s
    starts_at = None if wait_s is None else now + timedelta(seconds=wait_s)
    if starts_at and view.starts_at and abs(starts_at - view.starts_at) < SAME_START:
        starts_at = view.starts_at
    notice = _notice(view, place, starts_at, promised)
    return attrs.evolve(view, position=place, starts_at=starts_at, notice=notice)


def _notice(view: CardData, place: QueuePosition, starts_at: datetime | None, promised: datetime | None) -> str | None:
    if starts_at and promised and starts_at - promised >= SIGNIFICANT_DELAY:
        return card_texts.DELAYED
    if view.position is None:
        return None
    if place.position == 1 and (view.position.position > 1 or view.notice == card_texts.ABOUT_TO_START):
        return card_texts.ABOUT_TO_START
    if place.position < view.position.position:
        return card_texts.MOVED_UP
    return view.notice if place.position == view.position.position and view.notice == card_texts.MOVED_UP else None
