"""Positions and estimates."""

from datetime import UTC, datetime, timedelta

import attrs
import pytest

from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.queue import QueueLimits
from boss_bot_core.queue.admission import as_item
from boss_bot_core.queue.forecast import estimate_wait, start_order
from boss_bot_core.testing.store.base import a_download

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TWO_SLOTS = QueueLimits(max_running=2)
MINUTE = [timedelta(seconds=60)] * 3


def running_for(seconds: float) -> DownloadItem:
    item = as_item(a_download(), NOW - timedelta(hours=1))
    return attrs.evolve(item, status=DownloadStatus.DOWNLOADING, started_at=NOW - timedelta(seconds=seconds))


def test_before_anything_was_measured_nothing_is_promised() -> None:
    assert estimate_wait(1, [], [], TWO_SLOTS, NOW) is None


@pytest.mark.parametrize(("position", "seconds"), [(1, 0), (2, 0), (3, 60), (4, 60), (5, 120)])
def test_with_free_slots_the_first_start_at_once(position: int, seconds: float) -> None:
    assert estimate_wait(position, [], MINUTE, TWO_SLOTS, NOW) == seconds


def test_what_runs_is_expected_to_take_as_long_as_others_did() -> None:
    running = [running_for(50), running_for(20)]
    assert [estimate_wait(place, running, MINUTE, TWO_SLOTS, NOW) for place in (1, 2, 3)] == [10, 40, 70]


def test_what_takes_longer_than_usual_is_expected_to_end_any_moment() -> None:
    assert estimate_wait(1, [running_for(500)], MINUTE, QueueLimits(max_running=1), NOW) == 0


def test_one_extraordinary_download_does_not_spoil_the_estimate() -> None:
    durations = [timedelta(seconds=10), timedelta(seconds=12), timedelta(hours=2)]
    assert estimate_wait(2, [], durations, QueueLimits(max_running=1), NOW) == 12


def test_lowered_limits_do_not_break_the_estimate() -> None:
    running = [running_for(0), running_for(30), running_for(50)]
    assert estimate_wait(1, running, MINUTE, QueueLimits(max_running=1), NOW) == 60


def test_retries_come_when_they_are_due_and_others_pass_them() -> None:
    fresh = as_item(a_download(), NOW)
    late, later = (
        attrs.evolve(as_item(a_download(), NOW - timedelta(hours=1)), not_before=NOW + timedelta(seconds=seconds))
        for seconds in (30, 60)
    )
    assert start_order([later, late, fresh], [], TWO_SLOTS, NOW) == [fresh, late, later]
