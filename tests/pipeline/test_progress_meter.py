"""Tests for the progress meter: bytes of several files, a smoothed speed, and totals only when they are known."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.pipeline.progress_meter import ProgressMeter
from boss_bot_core.plugin import Progress


def test_the_size_of_the_only_file_is_the_total() -> None:
    meter = ProgressMeter(uuid4(), 0.0)
    update = meter.update(Progress(downloaded_bytes=50, total_bytes=200, file_count=1), 1.0)
    assert (update.bytes_downloaded, update.total_bytes, update.fraction) == (50, 200, 0.25)
    assert update.speed_bps == 50
    assert update.eta_seconds == 3


def test_the_total_is_unknown_until_the_last_file() -> None:
    meter = ProgressMeter(uuid4(), 0.0)
    first = meter.update(Progress(downloaded_bytes=100, total_bytes=100, file_index=1, file_count=2), 1.0)
    assert first.total_bytes is None
    assert first.eta_seconds is None
    last = meter.update(Progress(downloaded_bytes=20, total_bytes=60, file_index=2, file_count=2), 2.0)
    assert (last.bytes_downloaded, last.total_bytes) == (120, 160)


def test_the_parts_of_a_file_are_added_up() -> None:
    meter = ProgressMeter(uuid4(), 0.0)
    meter.update(Progress(downloaded_bytes=100, filename="a.f1.mp4"), 1.0)
    assert meter.update(Progress(downloaded_bytes=30, filename="a.f2.m4a"), 2.0).bytes_downloaded == 130


def test_the_speed_is_smoothed() -> None:
    meter = ProgressMeter(uuid4(), 0.0)
    meter.update(Progress(downloaded_bytes=1000), 1.0)
    update = meter.update(Progress(downloaded_bytes=11_000), 2.0)
    assert update.speed_bps == pytest.approx(1000 + 0.2 * 9000)


@given(st.lists(st.tuples(st.integers(0, 10**9), st.none() | st.integers(1, 10**9), st.integers(1, 3)), max_size=30))
def test_all_reports_give_consistent_numbers(reports: list[tuple[int, int | None, int]]) -> None:
    meter = ProgressMeter(uuid4(), 0.0)
    for now, (done, total, index) in enumerate(reports):
        update = meter.update(Progress(downloaded_bytes=done, total_bytes=total, file_index=index, file_count=3), now)
        assert update.bytes_downloaded >= done
        assert update.fraction is None or 0 <= update.fraction <= 1
        assert update.eta_seconds is None or update.eta_seconds >= 0
        assert update.speed_bps >= 0
