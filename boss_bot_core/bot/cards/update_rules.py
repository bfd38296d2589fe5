"""The rules of card updates: what an event changes, when a card is edited, and its notices about the queue. Pure."""

from datetime import datetime, timedelta

from attrs import evolve

from boss_bot_core.bot.cards.edit_timing import Urgency
from boss_bot_core.bot.cards.model import CardData
from boss_bot_core.bot.texts import cards as card_texts
from boss_bot_core.domain.events import (
    JobCompleted,
    JobConversionStarted,
    JobDescribed,
    JobEvent,
    JobProgressed,
    JobQueued,
    JobReused,
    JobStatusChanged,
    SuspiciousFileFound,
)
from boss_bot_core.domain.preferences import NotificationPreference, UserPreferences
from boss_bot_core.domain.progress import QueuePosition
from boss_bot_core.domain.status import RUNNING, DownloadStatus

_S = DownloadStatus


def apply_event(data: CardData, event: JobEvent) -> CardData:
    """Return what is known of the download after `event`."""
    if isinstance(event, JobQueued):
        # The download starts anew: everything known before is outdated.
        return CardData(item=event.item)
    data = evolve(data, item=event.item)
    if event.item.status is _S.QUEUED:
        # The speed before a wait does not predict the speed after it, and another attempt may have to download.
        data = evolve(data, update=None, is_reused=False)
    if isinstance(event, JobReused):
        return evolve(data, is_reused=True)
    if isinstance(event, JobStatusChanged | JobConversionStarted):
        return evolve(data, is_converting=isinstance(event, JobConversionStarted))
    if isinstance(event, JobProgressed):
        return evolve(data, update=event.update)
    if isinstance(event, JobCompleted):
        return evolve(data, files=event.files, skipped=event.skipped)
    return data


def urgency_of(event: JobEvent, before: CardData) -> Urgency | None:
    """Return the urgency of the card's edit, or None if another event with more details follows immediately."""
    if isinstance(event, JobProgressed):  # the first one ends the connecting, and names the file
        return Urgency.STATE if before.update is None else Urgency.PROGRESS
    if isinstance(event, JobStatusChanged) and event.item.is_finished:
        return None
    return Urgency.PROGRESS if isinstance(event, JobDescribed | JobReused | SuspiciousFileFound) else Urgency.STATE


def affects_queue(event: JobEvent) -> bool:
    """Tell whether the positions of waiting downloads may have changed."""
    return not isinstance(event, JobProgressed | JobDescribed | JobReused | JobConversionStarted | SuspiciousFileFound)


def should_edit(level: NotificationPreference, shown: DownloadStatus | None, current: DownloadStatus) -> bool:
    """Tell whether a card that shows the status `shown` (None: unknown) is edited to show the status `current`.

    These are the PRD's notification rules. A pause answers a user's own request and is always shown: otherwise the
    card's buttons would not match its status.
    """
    if shown is None or current in {_S.COMPLETED, _S.FAILED, _S.CANCELLED} or _S.PAUSED in {shown, current}:
        return True
    if level is NotificationPreference.MINIMAL:
        return shown not in RUNNING and current in RUNNING
    return level is not NotificationPreference.NONE


def should_ping(preferences: UserPreferences) -> bool:
    """Tell whether the requester is pinged on completion."""
    return preferences.mention_on_complete and preferences.notification_level is not NotificationPreference.NONE


SAME_START = timedelta(seconds=30)
"""An estimated start that moves by less than this is not changed on the card: that edit would tell nothing new."""
SIGNIFICANT_DELAY = timedelta(minutes=2)


def with_queue_position(
    data: CardData, position: QueuePosition | None, now: datetime, first_estimate: datetime | None
) -> CardData:
    """Return `data` with its queue position, its estimated start, and a notice of what has changed.

    Args:
        data: The download as last shown.
        position: Its current queue position; None when it does not wait.
        now: The time.
        first_estimate: When it was first estimated to start.
    """
    if position is None:
        return evolve(data, position=None, starts_at=None, notice=None)
    wait_s = position.estimated_wait_s
    starts_at = None if wait_s is None else now + timedelta(seconds=wait_s)
    if starts_at and data.starts_at and abs(starts_at - data.starts_at) < SAME_START:
        starts_at = data.starts_at
    notice = _notice(data, position, starts_at, first_estimate)
    return evolve(data, position=position, starts_at=starts_at, notice=notice)


def _notice(
    data: CardData, position: QueuePosition, starts_at: datetime | None, first_estimate: datetime | None
) -> str | None:
    if position.needs_room:
        return card_texts.NEEDS_ROOM
    if starts_at and first_estimate and starts_at - first_estimate >= SIGNIFICANT_DELAY:
        return card_texts.DELAYED
    if data.position is None:
        return None
    before, now = data.position.position, position.position
    if now == 1 and (before > 1 or data.notice == card_texts.ABOUT_TO_START):
        return card_texts.ABOUT_TO_START
    if now < before:
        return card_texts.MOVED_UP
    return data.notice if now == before and data.notice == card_texts.MOVED_UP else None
