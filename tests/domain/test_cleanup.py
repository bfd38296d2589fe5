"""When the daily clean-up is due, and how totals grow."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.domain.cleanup import CleanupKind, CleanupRun, CleanupSchedule, CleanupStats

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
SCHEDULE = CleanupSchedule(quiet_hour=4)


@pytest.mark.parametrize(
    ("last", "hour", "is_due"),
    [
        (None, 12, True),
        (NOW.replace(hour=4), 12, False),
        (NOW.replace(hour=3, minute=59), 12, True),
        (NOW - timedelta(days=1), 3, False),
        (NOW - timedelta(days=1), 4, True),
        (NOW + timedelta(days=9), 3, True),
    ],
)
def test_the_daily_clean_up_is_due_once_after_the_quiet_hour(last: datetime | None, hour: int, is_due: bool) -> None:  # noqa: FBT001
    assert SCHEDULE.is_deep_due(last, NOW.replace(hour=hour)) is is_due


@given(st.timedeltas(timedelta(0), timedelta(days=365)), st.integers(0, 23), st.integers(0, 47))
def test_the_daily_clean_up_comes_within_a_day_also_after_a_sleep(
    passed: timedelta, quiet_hour: int, slept: int
) -> None:
    schedule, last = CleanupSchedule(quiet_hour=quiet_hour), NOW + passed
    assert not schedule.is_deep_due(last, last)
    assert schedule.is_deep_due(last, last + timedelta(hours=24 + slept))


def test_totals_keep_the_last_run_of_each_kind() -> None:
    runs = [
        CleanupRun(kind=CleanupKind.TEMP, started_at=NOW, deleted=2, freed_bytes=10),
        CleanupRun(kind=CleanupKind.MAIN, started_at=NOW, deleted=1, freed_bytes=5, failed=("one: busy",)),
        CleanupRun(kind=CleanupKind.TEMP, started_at=NOW + timedelta(minutes=5)),
    ]
    stats = CleanupStats()
    for run in runs:
        stats = stats.add(run)
    assert (stats.runs, stats.deleted, stats.freed_bytes, stats.failures) == (3, 3, 15, 1)
    assert stats.last_runs == {CleanupKind.TEMP: runs[2], CleanupKind.MAIN: runs[1]}
