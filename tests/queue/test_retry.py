"""Tests for the retry rules."""

import math
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.domain.errors import DownloadError, ErrorType
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.errors import DownloadFailedError, NetworkError, NotFoundError, RateLimitError
from boss_bot_core.queue import transitions
from boss_bot_core.queue.retry import BACKOFF, MAX_RETRY_AFTER_S, GiveUp, RetryIn, decide_retry
from tests.bot.cards.factories import NOW, build_item


@pytest.mark.parametrize(("attempt", "ceiling"), [(1, 5), (2, 10), (3, 20), (7, 300), (5000, 300)])
def test_waits_double_up_to_the_maximum_and_have_jitter(attempt: int, ceiling: float) -> None:
    waits = [decide_retry(NetworkError("gone"), attempt, 10_000, Random(seed)) for seed in range(300)]
    seconds = [wait.seconds for wait in waits if isinstance(wait, RetryIn)]
    assert len(seconds) == 300
    assert 0 <= min(seconds) < ceiling * 0.05
    assert ceiling * 0.95 < max(seconds) <= ceiling


@given(st.floats(0, MAX_RETRY_AFTER_S), st.integers(1, 9), st.integers(2, 10), st.integers().map(Random))
def test_a_retry_never_starts_before_the_time_that_the_site_asked_for(
    asked: float, attempt: int, last: int, rng: Random
) -> None:
    decision = decide_retry(RateLimitError("slow down", retry_after_s=asked), attempt, last, rng)
    if attempt >= last:
        assert isinstance(decision, GiveUp)
    else:
        assert isinstance(decision, RetryIn)
        assert asked <= decision.seconds <= asked + BACKOFF.max_s


@pytest.mark.parametrize(("asked", "words"), [(3601, "61 min"), (math.inf, "for ever")])
def test_a_wait_of_more_than_an_hour_is_given_up(asked: float, words: str) -> None:
    decision = decide_retry(RateLimitError("slow down", retry_after_s=asked), 1, 3, Random(1))
    assert isinstance(decision, GiveUp)
    assert words in decision.reason


@pytest.mark.parametrize(
    ("asked", "wait_s"), [(90.0, 90), (7200.0, 7200), (None, None), (math.inf, None), (math.nan, None), (-5.0, None)]
)
def test_a_failed_download_knows_how_long_the_site_asks_to_wait(asked: float | None, wait_s: int | None) -> None:
    item = build_item(status=DownloadStatus.DOWNLOADING)
    error = DownloadError(
        item_id=item.id, error_type=ErrorType.RATE_LIMIT, message="Slow down.", timestamp=NOW, retry_after=asked
    )
    failed = transitions.fail(item, error, NOW)
    assert failed.not_before == (None if wait_s is None else NOW + timedelta(seconds=wait_s))
    assert transitions.restart(failed, 1).not_before is None, "a person may try at once"


@pytest.mark.parametrize("asked", [math.nan, -5.0, 0.0])
def test_an_invalid_wait_from_a_site_is_ignored(asked: float) -> None:
    decision = decide_retry(RateLimitError("slow down", retry_after_s=asked), 1, 3, Random(1))
    assert isinstance(decision, RetryIn)
    assert 0 <= decision.seconds <= 5


@pytest.mark.parametrize(
    ("error", "attempt"), [(NotFoundError("gone"), 1), (NetworkError("gone"), 3), (NetworkError("gone"), 4)]
)
def test_permanent_errors_and_last_attempts_are_given_up(error: DownloadFailedError, attempt: int) -> None:
    assert isinstance(decide_retry(error, attempt, 3, Random(1)), GiveUp)
