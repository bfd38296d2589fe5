"""How the bandwidth is shared between downloads, on a clock of the test's own."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boss_bot_core.egress.fair_queue import ConnectionFlow, DownloadShare, FairScheduler
from boss_bot_core.egress.token_bucket import MAX_QUANTUM_BYTES, TokenBucket


class Downloads:
    """Downloads that always want more, each with a number of connections; counts what each read."""

    def __init__(self, global_rate: int | None, rates: list[int | None], connections: list[int] | None = None) -> None:
        self.throttle = FairScheduler(TokenBucket(global_rate, 0.0))
        self.shares = [DownloadShare(TokenBucket(rate, 0.0)) for rate in rates]
        self.read: Counter[DownloadShare] = Counter()
        self.now = 0.0
        for share, count in zip(self.shares, connections or [1] * len(rates), strict=True):
            for _ in range(count):
                self.throttle.enqueue(ConnectionFlow(share, lambda: None))

    def run(self, seconds: float) -> list[float]:
        """Let time pass; return each download's bytes per second."""
        self.read.clear()
        end = self.now + seconds
        while self.now < end:
            granted, delay = self.throttle.grant_turns(self.now)
            for flow in granted:
                self.read[flow.share] += flow.credit_bytes
                flow.credit_bytes = 0
                self.throttle.enqueue(flow)
            if not granted:
                assert delay is not None
                self.now += max(delay, 1e-6)
        return [self.read[share] / seconds for share in self.shares]


def test_each_download_keeps_to_its_own_rate() -> None:
    downloads = Downloads(None, [100_000, 1_000_000])
    assert downloads.run(20) == pytest.approx([100_000, 1_000_000], rel=0.03)


def test_the_global_rate_is_shared_equally() -> None:
    assert Downloads(3_000_000, [None, None, None]).run(10) == pytest.approx([1_000_000] * 3, rel=0.05)


def test_many_connections_get_no_more_than_one() -> None:
    assert Downloads(2_000_000, [None, None], [8, 1]).run(10) == pytest.approx([1_000_000] * 2, rel=0.05)


def test_what_a_slow_download_leaves_goes_to_the_others() -> None:
    rates = Downloads(3_000_000, [200_000, None, None]).run(10)
    assert rates == pytest.approx([200_000, 1_400_000, 1_400_000], rel=0.05)


def test_turns_of_different_sizes_do_not_favour_anyone() -> None:
    # The first one's turns are smaller, because of its own rate, which does not bind here.
    assert Downloads(1_500_000, [1_000_000, None]).run(20) == pytest.approx([750_000] * 2, rel=0.05)


def test_a_download_that_was_held_back_does_not_make_up_for_it() -> None:
    downloads = Downloads(1_000_000, [10_000, None])
    downloads.run(60)
    downloads.shares[0].bucket.set_rate(None, downloads.now)
    assert downloads.run(10) == pytest.approx([500_000] * 2, rel=0.1)


def test_lifting_the_limits_releases_everyone() -> None:
    downloads = Downloads(1_000, [None, None], [3, 2])
    downloads.run(5)
    downloads.throttle.global_bucket.set_rate(None, downloads.now)
    granted, delay = downloads.throttle.grant_turns(downloads.now)
    assert len(granted) == 5
    assert delay is None


def test_a_flow_that_ends_leaves_the_queue() -> None:
    throttle = FairScheduler(TokenBucket(1_000, 0.0))
    share = DownloadShare(TokenBucket(None, 0.0))
    flows = [ConnectionFlow(share, lambda: None) for _ in range(2)]
    for flow in flows:
        throttle.enqueue(flow)
    for flow in flows:
        throttle.remove(flow)
        throttle.remove(flow)
    assert throttle.grant_turns(100.0) == ([], None)


@settings(deadline=None, max_examples=50)
@given(
    st.integers(10_000, 50_000_000),
    st.lists(st.one_of(st.none(), st.integers(10_000, 50_000_000)), min_size=1, max_size=5),
)
def test_no_rate_is_exceeded_and_none_is_wasted(global_rate: int, rates: list[int | None]) -> None:
    seconds = 10.0
    measured = Downloads(global_rate, rates).run(seconds)
    burst = (MAX_QUANTUM_BYTES + global_rate * 0.1) / seconds
    assert sum(measured) <= global_rate + burst
    for rate, own in zip(rates, measured, strict=True):
        assert rate is None or own <= rate + (MAX_QUANTUM_BYTES + rate * 0.1) / seconds
    spec = sum(global_rate if rate is None else rate for rate in rates)
    assert sum(measured) >= min(spec, global_rate) * 0.9 - burst
