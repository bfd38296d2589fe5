"""Tests of the rate at which downloads fail."""

import pytest

from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.errors import DownloadError, ErrorType
from boss_bot_core.domain.events import JobCompleted, JobFailed, JobQueued
from boss_bot_core.operations.failure_rate import MIN_DOWNLOADS, WINDOW_DOWNLOADS, WINDOW_S, FailureRate
from tests.pipeline.test_event_bus import build_item

DONE = JobCompleted(item=build_item(), files=())


def build_failure(code: ErrorType) -> JobFailed:
    item = build_item()
    error = DownloadError(item_id=item.id, error_type=code, message="", timestamp=utc_now())
    return JobFailed(item=item, error=error)


def test_few_downloads_have_no_rate() -> None:
    rate = FailureRate()
    broken = build_failure(ErrorType.NETWORK)
    assert [rate.record(broken, 0.0) for _ in range(MIN_DOWNLOADS)] == [0.0] * (MIN_DOWNLOADS - 1) + [1.0]
    assert rate.record(JobQueued(item=build_item()), 0.0) == 1.0


@pytest.mark.parametrize("code", [ErrorType.NOT_FOUND, ErrorType.INVALID_URL, ErrorType.REJECTED, ErrorType.CANCELLED])
def test_what_a_person_gave_is_no_failure_of_the_bot(code: ErrorType) -> None:
    rate = FailureRate()
    assert {rate.record(build_failure(code), 0.0) for _ in range(2 * MIN_DOWNLOADS)} == {0.0}


def test_only_the_last_downloads_of_the_last_hour_count() -> None:
    rate, broken = FailureRate(), build_failure(ErrorType.UNKNOWN)
    for _ in range(WINDOW_DOWNLOADS):
        rate.record(broken, 0.0)
    for _ in range(WINDOW_DOWNLOADS // 2):
        level = rate.record(DONE, 1.0)
    assert level == 0.5
    assert rate.record(DONE, 2.0 + WINDOW_S) == 0.0
