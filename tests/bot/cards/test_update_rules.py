"""The rules of card updates: notification levels, events, and notices about the queue."""

from datetime import timedelta

import attrs
import pytest

from boss_bot_core.bot.cards.edit_timing import Urgency
from boss_bot_core.bot.cards.model import CardData
from boss_bot_core.bot.cards.queue_notices import with_queue_position
from boss_bot_core.bot.cards.update_rules import (
    affects_queue,
    apply_event,
    should_edit,
    should_ping,
    urgency_of,
)
from boss_bot_core.bot.texts import cards as card_texts
from boss_bot_core.domain.conversion import ConversionUpdate
from boss_bot_core.domain.errors import DownloadError, ErrorType
from boss_bot_core.domain.events import (
    JobCancelled,
    JobCompleted,
    JobConversionProgressed,
    JobConversionStarted,
    JobProgressed,
    JobQueued,
    JobRetryScheduled,
    JobReused,
    JobStatusChanged,
)
from boss_bot_core.domain.preferences import NotificationPreference, UserPreferences
from boss_bot_core.domain.progress import QueuePosition
from boss_bot_core.domain.status import DownloadStatus
from tests.bot.cards.factories import NOW, build_file, build_item, build_progress

S = DownloadStatus
L = NotificationPreference


def build_position(position: int, wait_s: float | None = None) -> QueuePosition:
    return QueuePosition(item_id=build_item().id, position=position, waiting_count=9, estimated_wait_s=wait_s)


@pytest.mark.parametrize(
    ("level", "shown", "current", "is_edited"),
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
def test_the_notification_level_decides_which_states_are_shown(
    level: L, shown: S | None, current: S, *, is_edited: bool
) -> None:
    assert should_edit(level, shown, current) is is_edited


def test_the_preferences_decide_whether_the_requester_is_pinged() -> None:
    assert should_ping(UserPreferences())
    assert not should_ping(UserPreferences(mention_on_complete=False))
    assert not should_ping(UserPreferences(notification_level=L.NONE))


def test_a_better_position_is_mentioned_until_something_else_changes() -> None:
    data = with_queue_position(CardData(item=build_item()), build_position(5), NOW, None)
    assert data.notice is None
    data = with_queue_position(data, build_position(3), NOW, None)
    assert data.notice == card_texts.MOVED_UP
    data = with_queue_position(data, build_position(3), NOW, None)
    assert data.notice == card_texts.MOVED_UP
    data = with_queue_position(data, build_position(4), NOW, None)
    assert data.notice is None
    data = with_queue_position(data, build_position(1), NOW, None)
    assert data.notice == card_texts.ABOUT_TO_START
    assert with_queue_position(data, build_position(1), NOW, None).notice == card_texts.ABOUT_TO_START
    assert with_queue_position(data, None, NOW, None) == CardData(item=build_item())


def test_only_a_significant_delay_changes_the_card() -> None:
    first = with_queue_position(CardData(item=build_item()), build_position(2, 60), NOW, None)
    assert first.starts_at == NOW + timedelta(seconds=60)
    later = NOW + timedelta(seconds=20)
    assert with_queue_position(first, build_position(2, 50), later, first.starts_at).starts_at == first.starts_at
    delayed = with_queue_position(first, build_position(2, 200), later, first.starts_at)
    assert delayed.notice == card_texts.DELAYED
    assert delayed.starts_at == later + timedelta(seconds=200)


def test_an_event_changes_the_card_s_data() -> None:
    data = CardData(item=build_item(), notice=card_texts.MOVED_UP)
    running = build_item(status=S.DOWNLOADING)
    data = apply_event(data, JobProgressed(item=running, update=build_progress()))
    assert (data.item, data.update) == (running, build_progress())
    error = DownloadError(item_id=running.id, error_type=ErrorType.NETWORK, message="x", timestamp=NOW)
    assert apply_event(data, JobRetryScheduled(item=build_item(), error=error)).update is None
    again = apply_event(apply_event(data, JobStatusChanged(item=build_item())), JobStatusChanged(item=running))
    assert again.update is None, "progress from before the wait is dropped"
    done = apply_event(data, JobCompleted(item=build_item(status=S.COMPLETED), files=(build_file(),)))
    assert len(done.files) == 1
    assert apply_event(done, JobQueued(item=build_item())) == CardData(item=build_item())
    assert apply_event(data, JobCancelled(item=build_item(status=S.CANCELLED))).item.status is S.CANCELLED


def test_a_conversion_lasts_until_the_next_status() -> None:
    processing = build_item(status=S.PROCESSING)
    data = apply_event(CardData(item=processing), JobConversionStarted(item=processing))
    assert data.is_converting
    assert not apply_event(data, JobStatusChanged(item=build_item(status=S.UPLOADING))).is_converting


def test_the_progress_of_a_conversion_is_forgotten_with_the_next_status() -> None:
    processing = build_item(status=S.PROCESSING)
    update = ConversionUpdate(filename="a.mkv", fraction=0.4, file_index=1, file_count=1)
    event, data = JobConversionProgressed(item=processing, update=update), CardData(item=processing, is_converting=True)
    assert urgency_of(event, data) is Urgency.STATE
    data = apply_event(data, event)
    assert (data.is_converting, data.conversion) == (True, update)
    assert urgency_of(event, data) is Urgency.PROGRESS
    assert not affects_queue(event)
    uploading = apply_event(data, JobStatusChanged(item=build_item(status=S.UPLOADING)))
    assert (uploading.is_converting, uploading.conversion) == (False, None)


def test_reused_files_are_known_as_such_until_another_attempt() -> None:
    data = apply_event(CardData(item=build_item()), JobReused(item=build_item(status=S.DOWNLOADING)))
    for status in (S.PROCESSING, S.UPLOADING, S.COMPLETED):
        data = apply_event(data, JobStatusChanged(item=build_item(status=status)))
        assert data.is_reused
    assert not apply_event(data, JobStatusChanged(item=build_item(status=S.QUEUED))).is_reused


def test_each_event_has_an_urgency() -> None:
    data, progressed = CardData(item=build_item()), JobProgressed(item=build_item(), update=build_progress())
    assert urgency_of(progressed, data) is Urgency.STATE, "the first bytes are news"
    data = apply_event(data, progressed)
    assert urgency_of(progressed, data) is Urgency.PROGRESS
    assert not affects_queue(progressed)
    started = JobStatusChanged(item=build_item(status=S.DOWNLOADING))
    assert urgency_of(started, data) is Urgency.STATE
    assert affects_queue(started)
    assert urgency_of(JobStatusChanged(item=build_item(status=S.FAILED)), data) is None


def test_a_download_that_waits_for_room_says_so_and_not_that_it_is_about_to_start() -> None:
    data = with_queue_position(CardData(item=build_item()), build_position(3), NOW, None)
    position = attrs.evolve(build_position(1, 0.0), needs_room=True)
    assert with_queue_position(data, position, NOW, None).notice == card_texts.NEEDS_ROOM
