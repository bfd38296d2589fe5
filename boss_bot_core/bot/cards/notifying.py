"""The PRD's notification rules: which change a requester is shown, and when their place in the queue is news. Pure."""

from datetime import datetime, timedelta

import attrs

from boss_bot_core.bot.cards.job_view import JobView
from boss_bot_core.bot.texts import cards as card_texts
from boss_bot_core.domain.queue_state import QueuePosition
from boss_bot_core.domain.status import RUNNING, DownloadStatus
from boss_bot_core.domain.users import NotificationPreference, UserPreferences

SAME_START = timedelta(seconds=30)
"""An estimate that moves by less is not told: it would be an edit for nothing."""

SIGNIFICANT_DELAY = timedelta(minutes=2)

_S = DownloadStatus


def is_shown(level: NotificationPreference, before: DownloadStatus | None, now: DownloadStatus) -> bool:
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


def placed(view: JobView, place: QueuePosition | None, now: datetime, promised: datetime | None) -> JobView:
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


def _notice(view: JobView, place: QueuePosition, starts_at: datetime | None, promised: datetime | None) -> str | None:
    if starts_at and promised and starts_at - promised >= SIGNIFICANT_DELAY:
        return card_texts.DELAYED
    if view.position is None:
        return None
    if place.position == 1 and (view.position.position > 1 or view.notice == card_texts.ABOUT_TO_START):
        return card_texts.ABOUT_TO_START
    if place.position < view.position.position:
        return card_texts.MOVED_UP
    return view.notice if place.position == view.position.position and view.notice == card_texts.MOVED_UP else None
