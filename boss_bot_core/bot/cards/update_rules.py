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
from boss_bot_core.domain.preferences import NotificationPreference, UserPreferences
from boss_bot_core.domain.progress import QueuePosition
from boss_bot_core.domain.status import RUNNING, DownloadStatus


def apply_event(data: CardData, event: JobEvent) -> CardData:
    """Return what is known after `event`."""
    if isinstance(event, JobQueued):
        # Asked for anew: nothing of what was before holds.
        return CardData(item=event.item)
    waits = event.item.status is DownloadStatus.QUEUED
    # How fast it was says nothing of how fast it will be.
    data = evolve(data, item=event.item, update=None if waits else data.update)
    if isinstance(event, JobProgressed):
        return evolve(data, update=event.update)
    if isinstance(event, JobCompleted):
        return evolve(data, files=event.files, skipped=event.skipped)
    return data


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
    data: CardData, channel: QueuePosition | None, now: datetime, promised: datetime | None
) -> CardData:
    """Return `view` with its place in the queue, and with what is news about it.

    Args:
        data: The download as last shown.
        channel: Where it waits now; None when it does not wait.
        now: The time.
        promised: When it was first said to start.
    """
    if channel is None:
        return attrs.evolve(data, position=None, starts_at=None, notice=None)
    wait_s = channel.estimated_wait_s
    starts_at = None if wait_s is None else now + timedelta(seconds=wait_s)
    if starts_at and data.starts_at and abs(starts_at - data.starts_at) < SAME_START:
        starts_at = data.starts_at
    notice = _notice(data, channel, starts_at, promised)
    return attrs.evolve(data, position=channel, starts_at=starts_at, notice=notice)


def _notice(
    data: CardData, channel: QueuePosition, starts_at: datetime | None, promised: datetime | None
) -> str | None:
    if starts_at and promised and starts_at - promised >= SIGNIFICANT_DELAY:
        return card_texts.DELAYED
    if data.position is None:
        return None
    if channel.position == 1 and (data.position.position > 1 or data.notice == card_texts.ABOUT_TO_START):
        return card_texts.ABOUT_TO_START
    if channel.position < data.position.position:
        return card_texts.MOVED_UP
    return data.notice if channel.position == data.position.position and data.notice == card_texts.MOVED_UP else None
