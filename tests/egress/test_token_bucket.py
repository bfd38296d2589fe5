"""Tests of the token bucket's arithmetic."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.egress.token_bucket import MAX_QUANTUM_BYTES, MIN_QUANTUM_BYTES, TokenBucket, compute_quantum_bytes

RATES = st.integers(min_value=1, max_value=10**9)


def test_a_full_bucket_passes_its_capacity_at_once_and_then_waits() -> None:
    bucket = TokenBucket(100_000, now=0.0)
    assert bucket.delay_s(10_000, 0.0) == 0.0
    bucket.take(10_000, 0.0)
    assert bucket.delay_s(5_000, 0.0) == pytest.approx(0.05)
    assert bucket.delay_s(5_000, 0.05) == 0.0


def test_an_unlimited_bucket_never_waits() -> None:
    bucket = TokenBucket(None, now=0.0)
    bucket.take(10**12, 0.0)
    assert bucket.delay_s(10**12, 0.0) == 0.0
    assert bucket.rate_bps is None


def test_a_new_rate_applies_from_the_moment_it_is_set() -> None:
    bucket = TokenBucket(100_000, now=0.0)
    bucket.take(10_000, 0.0)
    bucket.set_rate(1_000_000, 0.0)
    assert bucket.delay_s(50_000, 0.0) == pytest.approx(0.05)
    bucket.set_rate(None, 0.0)
    assert bucket.delay_s(50_000, 0.0) == 0.0


def test_a_lower_rate_reduces_the_saved_burst() -> None:
    bucket = TokenBucket(100_000_000, now=0.0)
    bucket.set_rate(20_000, 0.0)
    bucket.take(2_000, 0.0)
    assert bucket.delay_s(1_000, 0.0) > 0


def test_time_that_runs_backwards_has_no_effect() -> None:
    bucket = TokenBucket(1_000, now=10.0)
    bucket.take(1_024, 10.0)
    assert bucket.delay_s(1_000, 5.0) == pytest.approx(1.0)
    assert bucket.delay_s(1_000, 10.5) == pytest.approx(0.5)


@pytest.mark.parametrize("rate", [0, -1])
def test_a_rate_that_is_not_positive_is_rejected(rate: int) -> None:
    with pytest.raises(ValueError, match="positive"):
        TokenBucket(rate, now=0.0)


@given(st.lists(st.one_of(st.none(), RATES), min_size=1, max_size=3))
def test_a_quantum_fits_into_the_bucket_of_each_rate(rates: list[int | None]) -> None:
    amount = compute_quantum_bytes(*rates)
    assert MIN_QUANTUM_BYTES <= amount <= MAX_QUANTUM_BYTES
    assert all(rate is None or amount <= TokenBucket(rate, now=0.0).capacity_bytes for rate in rates)


@given(RATES, st.lists(st.tuples(st.floats(0, 2), st.integers(1, 10**6)), max_size=50))
def test_no_more_passes_than_the_burst_and_the_rate_allow(rate: int, steps: list[tuple[float, int]]) -> None:
    bucket = TokenBucket(rate, now=0.0)
    now, passed = 0.0, 0
    for pause, spec in steps:
        now += pause
        amount = min(spec, int(bucket.capacity_bytes))
        if bucket.delay_s(amount, now) == 0.0:
            bucket.take(amount, now)
            passed += amount
    assert passed <= bucket.capacity_bytes + rate * now + 1


@given(RATES, st.integers(0, 10**6))
def test_an_amount_can_pass_after_its_delay(rate: int, amount: int) -> None:
    bucket = TokenBucket(rate, now=0.0)
    amount = min(amount, int(bucket.capacity_bytes))
    bucket.take(int(bucket.capacity_bytes), 0.0)
    assert bucket.delay_s(amount, bucket.delay_s(amount, 0.0)) == 0.0
