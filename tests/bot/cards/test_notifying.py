"""The notification rules, and what an event changes."""

from datetime import timedelta

import pytest

from boss_bot_core.bot.cards.edit_timing import Urgency
from boss_bot_core.bot.cards.model import JobView
from boss_bot_core.bot.cards.update_rules import after, is_shown, moves_the_queue, placed, urgency_of, wants_ping
from boss_bot_core.bot.texts import cards as card_texts
from boss_bot_core.domain.errors import DownloadError, ErrorType
from boss_bot_core.domain.events import (
    JobCancelled,
    JobCompleted,
    JobProgressed,
    JobQueued,
    JobRetryScheduled,
    JobStatusChanged,
)
from boss_bot_core.domain.progress import QueuePosition
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.domain.users import NotificationPreference, UserPreferences
from tests.bot.cards.making import NOW, a_file, an_item, an_update

S = DownloadStatus
L = NotificationPreference


def at(position: int, wait_s: float | None = None) -> QueuePosition:
    return QueuePosition(item_id=an_item().id, position=position, of=9, estimated_wait_s=wait_s)


@pytest.mark.parametrize(
    ("level", "before", "now", "shown"),
    [
        (L.NONE, S.QUEUED, S.DOWNLOADING, False),
        (L.NONE, S.DOWNLOADING, S.FAILED, True),
        (L.NONE, S.DOWNLOADING, S.PAUSED, True),
        (L.NONE, S.PAUSED, S.QUEUED, True),
        (L.NONE, None, S.DOWNLOADING, True),
        (L.MINIMAL, S.QUEUED, S.DOWNLOADING, True),
        (L.MINIMAL, S.QUEUED, S.QUEUED, False),
        (L.MINIMAL, S.DOWNLOADING, S.DOWNLOADING, False),
        (L.MINIMAL, S.DOWNLOADING, S.PROCESSING, False),
        (L.MINIMAL, S.DOWNLOADING, S.COMPLETED, True),
        (L.NORMAL, S.DOWNLOADING, S.DOWNLOADING, True),
        (L.VERBOSE, S.QUEUED, S.QUEUED, True),
    ],
)
def test_what_each_level_shows(level: L, before: S | None, now: S, *, shown: bool) -> None:
    assert is_shown(level, before, now) is shown


def test_who_is_pinged() -> None:
    assert wants_ping(UserPreferences())
    assert not wants_ping(UserPreferences(mention_on_complete=False))
    assert not wants_ping(UserPreferences(notification_level=L.NONE))


def test_moving_up_is_told_until_something_else_is_news() -> None:
    view = placed(JobView(item=an_item()), at(5), NOW, None)
    assert view.notice is None
    view = placed(view, at(3), NOW, None)
    assert view.notice == card_texts.MOVED_UP
    view = placed(view, at(3), NOW, None)
    assert view.notice == card_texts.MOVED_UP
    view = placed(view, at(4), NOW, None)
    assert view.notice is None
    view = placed(view, at(1), NOW, None)
    assert view.notice == card_texts.ABOUT_TO_START
    assert placed(view, at(1), NOW, None).notice == card_texts.ABOUT_TO_START
    assert placed(view, None, NOW, None) == JobView(item=an_item())


def test_a_significant_delay_is_told_and_a_small_one_moves_nothing() -> None:
    first = placed(JobView(item=an_item()), at(2, 60), NOW, None)
    assert first.starts_at == NOW + timedelta(seconds=60)
    later = NOW + timedelta(seconds=20)
    assert placed(first, at(2, 50), later, first.starts_at).starts_at == first.starts_at
    delayed = placed(first, at(2, 200), later, first.starts_at)
    assert delayed.notice == card_texts.DELAYED
    assert delayed.starts_at == later + timedelta(seconds=200)


def test_events_change_what_is_known() -> None:
    view = JobView(item=an_item(), notice="x")
    running = an_item(status=S.DOWNLOADING)
    view = after(view, JobProgressed(item=running, update=an_update()))
    assert (view.item, view.update) == (running, an_update())
    error = DownloadError(item_id=running.id, error_type=ErrorType.NETWORK, message="x", timestamp=NOW)
    assert after(view, JobRetryScheduled(item=an_item(), error=error)).update is None
    again = after(after(view, JobStatusChanged(item=an_item())), JobStatusChanged(item=running))
    assert again.update is None, "what it was before it waited is no news of how it goes now"
    done = after(view, JobCompleted(item=an_item(status=S.COMPLETED), files=(a_file(),)))
    assert len(done.files) == 1
    assert after(done, JobQueued(item=an_item())) == JobView(item=an_item())
    assert after(view, JobCancelled(item=an_item(status=S.CANCELLED))).item.status is S.CANCELLED


def test_how_urgent_events_are() -> None:
    progressed = JobProgressed(item=an_item(), update=an_update())
    assert urgency_of(progressed) is Urgency.PROGRESS
    assert not moves_the_queue(progressed)
    started = JobStatusChanged(item=an_item(status=S.DOWNLOADING))
    assert urgency_of(started) is Urgency.STATE
    assert moves_the_queue(started)
    assert urgency_of(JobStatusChanged(item=an_item(status=S.FAILED))) is None
