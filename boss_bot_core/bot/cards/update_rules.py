"""The rules of card updates: what an event changes, and when a card is edited. Pure."""

from attrs import evolve

from boss_bot_core.bot.cards.edit_timing import Urgency
from boss_bot_core.bot.cards.model import CardData
from boss_bot_core.domain.events import (
    JobCompleted,
    JobConversionProgressed,
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
from boss_bot_core.domain.status import RUNNING, DownloadStatus

_S = DownloadStatus

QUIET_EVENTS = (
    *(JobProgressed, JobDescribed, JobReused, JobConversionStarted, JobConversionProgressed),
    SuspiciousFileFound,
)
"""Events after which every other download waits where it waited."""


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
    if isinstance(event, JobStatusChanged | JobConversionStarted | JobConversionProgressed):
        update = event.update if isinstance(event, JobConversionProgressed) else None
        return evolve(data, is_converting=not isinstance(event, JobStatusChanged), conversion=update)
    if isinstance(event, JobProgressed):
        return evolve(data, update=event.update)
    if isinstance(event, JobCompleted):
        return evolve(data, files=event.files, skipped=event.skipped)
    return data


def urgency_of(event: JobEvent, before: CardData) -> Urgency | None:
    """Return the urgency of the card's edit, or None if another event with more details follows immediately."""
    if isinstance(event, JobProgressed | JobConversionProgressed):
        # The first progress ends the connecting, and names the file.
        known = before.update if isinstance(event, JobProgressed) else before.conversion
        return Urgency.STATE if known is None else Urgency.PROGRESS
    if isinstance(event, JobStatusChanged) and event.item.is_finished:
        return None
    return Urgency.PROGRESS if isinstance(event, JobDescribed | JobReused | SuspiciousFileFound) else Urgency.STATE


def affects_queue(event: JobEvent) -> bool:
    """Tell whether the positions of waiting downloads may have changed."""
    return not isinstance(event, QUIET_EVENTS)


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
