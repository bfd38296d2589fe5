"""The notification rules, and what an event changes."""

from datetime import timedelta

import pytest

from boss_bot_core.bot.cards.edit_timing import Urgency
from boss_bot_core.bot.cards.model import CardData
from boss_bot_core.bot.cards.update_rules import (
    affects_queue,
    apply_event,
    should_edit,
    urgency_of,
    wants_ping,
    with_queue_position,
)
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
from boss_bot_core.domain.preferences import NotificationPreference, UserPreferences
from boss_bot_core.domain.progress import QueuePosition
from boss_bot_core.domain.status import DownloadStatus
from tests.bot.cards.factories import NOW, a_file, an_item, an_update

S = DownloadStatus
L = NotificationPreference


def at(position: int, wait_s: float | None = None) -> QueuePosition:
    return QueuePosition(item_id=an_item().id, position=position, waiting_count=9, estimated_wait_s=wait_s)


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
    assert should_edit(level, before, now) is shown


def test_who_is_pinged() -> None:
    assert wants_ping(UserPreferences())
    assert not wants_ping(UserPreferences(mention_on_complete=False))
    assert not wants_ping(UserPreferences(notification_level=L.NONE))


def test_moving_up_is_told_until_something_else_is_news() -> None:
    view = with_queue_position(CardData(item=an_item()), at(5), NOW, None)
    assert view.notice is None
    view = with_queue_position(view, at(3), NOW, None)
    assert view.notice == card_texts.MOVED_UP
    view = with_queue_position(view, at(3), NOW, None)
    assert view.notice == card_texts.MOVED_UP
    view = with_queue_position(view, at(4), NOW, None)
    assert view.notice is None
    view = with_queue_position(view, at(1), NOW, None)
    assert view.notice == card_texts.ABOUT_TO_START
    assert with_queue_position(view, at(1), NOW, None).notice == card_texts.ABOUT_TO_START
    assert with_queue_position(view, None, NOW, None) == CardData(item=an_item())


def test_a_significant_delay_is_told_and_a_small_one_moves_nothing() -> None:
    first = with_queue_position(CardData(item=an_item()), at(2, 60), NOW, None)
    assert first.starts_at == NOW + timedelta(seconds=60)
    later = NOW + timedelta(seconds=20)
    assert with_queue_position(first, at(2, 50), later, first.starts_at).starts_at == first.starts_at
    delayed = with_queue_position(first, at(2, 200), later, first.starts_at)
    assert delayed.notice == card_texts.DELAYED
    assert delayed.starts_at == later + timedelta(seconds=200)


def test_events_change_what_is_known() -> None:
    view = CardData(item=an_item(), notice="x")
    running = an_item(status=S.DOWNLOADING)
    view = apply_event(view, JobProgressed(item=running, update=an_update()))
    assert (view.item, view.update) == (running, an_update())
    error = DownloadError(item_id=running.id, error_type=ErrorType.NETWORK, message="x", timestamp=NOW)
    assert apply_event(view, JobRetryScheduled(item=an_item(), error=error)).update is None
    again = apply_event(apply_event(view, JobStatusChanged(item=an_item())), JobStatusChanged(item=running))
    assert again.update is None, "what it was before it waited is no news of how it goes now"
    done = apply_event(view, JobCompleted(item=an_item(status=S.COMPLETED), files=(a_file(),)))
    assert len(done.files) == 1
    assert apply_event(done, JobQueued(item=an_item())) == CardData(item=an_item())
    assert apply_event(view, JobCancelled(item=an_item(status=S.CANCELLED))).item.status is S.CANCELLED


def test_how_urgent_events_are() -> None:
    progressed = JobProgressed(item=an_item(), update=an_update())
    assert urgency_of(progressed) is Urgency.PROGRESS
    assert not affects_queue(progressed)
    started = JobStatusChanged(item=an_item(status=S.DOWNLOADING))
    assert urgency_of(started) is Urgency.STATE
    assert affects_queue(started)
    assert urgency_of(JobStatusChanged(item=an_item(status=S.FAILED))) is None
