"""Tests for the forecast of starts and waits."""

from datetime import UTC, datetime, timedelta

import attrs
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.domain.items import LOCAL_ID, DownloadItem
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.queue import QueueLimits
from boss_bot_core.queue import StartVerdict as V
from boss_bot_core.queue.forecast import ExpectedStart, forecast_starts
from boss_bot_core.queue.limits import to_item
from boss_bot_core.queue.policy import choose_next
from boss_bot_core.testing.store.base import build_new_download

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TWO_SLOTS = QueueLimits(max_running=2)
ONE_SLOT = QueueLimits(max_running=1)
MINUTE = [timedelta(seconds=60)] * 3


def build_running(seconds: float) -> DownloadItem:
    item = to_item(build_new_download(), NOW - timedelta(hours=1))
    return attrs.evolve(item, status=DownloadStatus.DOWNLOADING, started_at=NOW - timedelta(seconds=seconds))


def forecast_waits(
    count: int, running: list[DownloadItem], limits: QueueLimits, durations: list[timedelta] = MINUTE
) -> list[float | None]:
    waiting = [to_item(build_new_download(), NOW + timedelta(microseconds=number)) for number in range(count)]
    return [start.wait_s for start in forecast_starts(waiting, running, durations, limits, NOW)]


def test_without_measured_durations_no_wait_is_estimated() -> None:
    assert forecast_waits(3, [build_running(5)], TWO_SLOTS, []) == [None, None, None]


def test_one_outlier_does_not_change_the_estimate() -> None:
    durations = [timedelta(seconds=10), timedelta(seconds=12), timedelta(hours=2)]
    assert forecast_waits(2, [], ONE_SLOT, durations) == [0, 12]
    assert forecast_waits(2, [], ONE_SLOT, durations[:2]) == [0, 11]


def test_downloads_start_at_once_while_slots_are_free() -> None:
    assert forecast_waits(5, [], TWO_SLOTS) == [0, 0, 60, 60, 120]


def test_running_downloads_are_expected_to_take_the_median_duration() -> None:
    assert forecast_waits(3, [build_running(50), build_running(20)], TWO_SLOTS) == [10, 40, 70]


def test_an_overdue_download_is_expected_to_end_at_once() -> None:
    assert forecast_waits(2, [build_running(500)], ONE_SLOT) == [0, 60]


def test_lowered_limits_do_not_break_the_estimate() -> None:
    running = [build_running(0), build_running(30), build_running(50)]
    assert forecast_waits(1, running, ONE_SLOT) == [60]


def test_retries_start_when_they_are_due_and_others_start_before() -> None:
    fresh = to_item(build_new_download(), NOW)
    late, later = (
        attrs.evolve(
            to_item(build_new_download(), NOW - timedelta(hours=1)), not_before=NOW + timedelta(seconds=seconds)
        )
        for seconds in (30, 90)
    )
    starts = forecast_starts([later, late, fresh], [], MINUTE, TWO_SLOTS, NOW)
    assert starts == [ExpectedStart(fresh, 0), ExpectedStart(late, 30), ExpectedStart(later, 90)]


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 90)), max_size=12),
    st.lists(st.integers(0, 90), max_size=4),
    st.integers(1, 4),
)
def test_starts_are_ordered_and_keep_the_limits(asked: list[tuple[int, int]], running_s: list[int], slots: int) -> None:
    limits = QueueLimits(max_running=slots)
    waiting = [
        attrs.evolve(to_item(build_new_download(user_id=user), NOW), not_before=NOW + timedelta(seconds=due))
        for user, due in asked
    ]
    starts = forecast_starts(waiting, [build_running(seconds) for seconds in running_s], MINUTE, limits, NOW)
    times = [(start.wait_s or 0, start.item) for start in starts]
    assert [wait for wait, _ in times] == sorted(wait for wait, _ in times)
    assert sorted(item.id for _, item in times) == sorted(item.id for item in waiting)
    ends = [max(0.0, 60.0 - seconds) for seconds in running_s]
    for wait, item in times:
        assert item.not_before is not None
        assert NOW + timedelta(seconds=wait) >= item.not_before
        together = [other for began, other in times if began <= wait < began + 60]
        assert len(together) + sum(end > wait for end in ends) <= slots
        assert item.user_id == LOCAL_ID or sum(other.user_id == item.user_id for other in together) <= 2


def test_the_forecast_does_not_depend_on_the_order_of_its_input() -> None:
    waiting = [to_item(build_new_download(user_id=number % 3), NOW + timedelta(seconds=number)) for number in range(6)]
    running = [build_running(50), build_running(20)]
    expected = forecast_starts(waiting, running, MINUTE, TWO_SLOTS, NOW)
    assert forecast_starts(waiting[::-1], running[::-1], MINUTE, TWO_SLOTS, NOW) == expected


def test_what_has_no_room_starts_when_a_running_download_has_ended() -> None:
    waiting = [to_item(build_new_download(), NOW + timedelta(microseconds=number)) for number in range(3)]
    verdicts = dict(zip((item.id for item in waiting), (V.START, V.HOLD, V.START), strict=True))
    four_slots = QueueLimits(max_running=4, max_running_per_user=4)
    starts = forecast_starts(waiting, [build_running(20)], MINUTE, four_slots, NOW, lambda item: verdicts[item.id])
    assert [(start.wait_s, start.needs_room) for start in starts] == [(0, False), (40, True), (40, False)]
    nothing_runs = forecast_starts(waiting[1:2], [], MINUTE, four_slots, NOW, lambda _: V.PASS_OVER)
    assert [start.wait_s for start in nothing_runs] == [0]


def test_room_is_not_the_reason_while_all_slots_are_taken() -> None:
    item = to_item(build_new_download(), NOW)
    (start,) = forecast_starts([item], [build_running(20)], MINUTE, ONE_SLOT, NOW, lambda _: V.HOLD)
    assert not start.needs_room


def test_the_policy_holds_or_passes_over_an_item_without_room() -> None:
    first, second = (to_item(build_new_download(), NOW + timedelta(microseconds=number)) for number in range(2))

    def choose(verdict: V) -> DownloadItem | None:
        return choose_next([second, first], [], TWO_SLOTS, NOW, lambda item: verdict if item == first else V.START)

    assert [choose(verdict) for verdict in (V.START, V.HOLD, V.PASS_OVER)] == [first, None, second]
    assert choose_next([first], [], TWO_SLOTS, NOW, lambda _: V.PASS_OVER) is None
