"""Tests of fair queueing between downloads, on a simulated clock."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boss_bot_core.egress.fair_queue import ConnectionFlow, DownloadShare, FairScheduler
from boss_bot_core.egress.token_bucket import MAX_QUANTUM_BYTES, TokenBucket


class SimulatedDownloads:
    """Downloads that always want to read, each with a number of connections; counts the bytes that each one read."""

    def __init__(self, global_rate: int | None, rates: list[int | None], connections: list[int] | None = None) -> None:
        self.scheduler = FairScheduler(TokenBucket(global_rate, 0.0))
        self.shares = [DownloadShare(TokenBucket(rate, 0.0)) for rate in rates]
        self.read_bytes: Counter[DownloadShare] = Counter()
        self.now = 0.0
        for share, count in zip(self.shares, connections or [1] * len(rates), strict=True):
            for _ in range(count):
                self.scheduler.enqueue(ConnectionFlow(share, lambda: None))

    def run(self, seconds: float) -> list[float]:
        """Advance the clock by `seconds`; return each download's bytes per second."""
        self.read_bytes.clear()
        end = self.now + seconds
        while self.now < end:
            granted, delay = self.scheduler.grant_turns(self.now)
            for flow in granted:
                self.read_bytes[flow.share] += flow.credit_bytes
                flow.credit_bytes = 0
                self.scheduler.enqueue(flow)
            if not granted:
                assert delay is not None
                self.now += max(delay, 1e-6)
        return [self.read_bytes[share] / seconds for share in self.shares]


def test_each_download_keeps_its_own_rate() -> None:
    downloads = SimulatedDownloads(None, [100_000, 1_000_000])
    assert downloads.run(20) == pytest.approx([100_000, 1_000_000], rel=0.03)


def test_the_global_rate_is_shared_equally() -> None:
    assert SimulatedDownloads(3_000_000, [None, None, None]).run(10) == pytest.approx([1_000_000] * 3, rel=0.05)


def test_many_connections_get_no_more_bandwidth_than_one() -> None:
    assert SimulatedDownloads(2_000_000, [None, None], [8, 1]).run(10) == pytest.approx([1_000_000] * 2, rel=0.05)


def test_bandwidth_that_a_slow_download_leaves_goes_to_the_others() -> None:
    rates = SimulatedDownloads(3_000_000, [200_000, None, None]).run(10)
    assert rates == pytest.approx([200_000, 1_400_000, 1_400_000], rel=0.05)


def test_turns_of_different_sizes_favour_no_download() -> None:
    # The first download's turns are smaller because of its own rate, which is not reached here.
    assert SimulatedDownloads(1_500_000, [1_000_000, None]).run(20) == pytest.approx([750_000] * 2, rel=0.05)


def test_a_slow_download_does_not_catch_up_when_its_limit_is_lifted() -> None:
    downloads = SimulatedDownloads(1_000_000, [10_000, None])
    downloads.run(60)
    downloads.shares[0].bucket.set_rate(None, downloads.now)
    assert downloads.run(10) == pytest.approx([500_000] * 2, rel=0.1)


def test_lifting_the_limits_grants_a_turn_to_every_flow() -> None:
    downloads = SimulatedDownloads(1_000, [None, None], [3, 2])
    downloads.run(5)
    downloads.scheduler.global_bucket.set_rate(None, downloads.now)
    granted, delay = downloads.scheduler.grant_turns(downloads.now)
    assert len(granted) == 5
    assert delay is None


def test_a_flow_that_ends_leaves_the_queue() -> None:
    scheduler = FairScheduler(TokenBucket(1_000, 0.0))
    share = DownloadShare(TokenBucket(None, 0.0))
    flows = [ConnectionFlow(share, lambda: None) for _ in range(2)]
    for flow in flows:
        scheduler.enqueue(flow)
    for flow in flows:
        scheduler.remove(flow)
        scheduler.remove(flow)
    assert scheduler.grant_turns(100.0) == ([], None)


@settings(deadline=None, max_examples=50)
@given(
    st.integers(10_000, 50_000_000),
    st.lists(st.one_of(st.none(), st.integers(10_000, 50_000_000)), min_size=1, max_size=5),
)
def test_no_rate_is_exceeded_and_no_bandwidth_is_wasted(global_rate: int, rates: list[int | None]) -> None:
    seconds = 10.0
    measured = SimulatedDownloads(global_rate, rates).run(seconds)
    burst = (MAX_QUANTUM_BYTES + global_rate * 0.1) / seconds
    assert sum(measured) <= global_rate + burst
    for rate, own in zip(rates, measured, strict=True):
        assert rate is None or own <= rate + (MAX_QUANTUM_BYTES + rate * 0.1) / seconds
    spec = sum(global_rate if rate is None else rate for rate in rates)
    assert sum(measured) >= min(spec, global_rate) * 0.9 - burst
