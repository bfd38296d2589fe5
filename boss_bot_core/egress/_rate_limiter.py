"""`RateLimiter`: runs the fair scheduler on the event loop.

It grants turns when they are due, and at once when a rate changes. It is separate from `FairScheduler` so that the
scheduler needs no timers.
"""

import asyncio

from boss_bot_core.egress.fair_queue import ConnectionFlow, DownloadShare, FairScheduler
from boss_bot_core.egress.token_bucket import TokenBucket


class RateLimiter:
    """Applies the rates of all downloads with one timer for all waiting connections."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._scheduler = FairScheduler(TokenBucket(None, loop.time()))
        self._timer: asyncio.TimerHandle | None = None

    def create_share(self, rate_bps: int | None) -> DownloadShare:
        """Create a download's share of the bandwidth, limited to `rate_bps` bytes per second (None: unlimited)."""
        return DownloadShare(TokenBucket(rate_bps, self._loop.time()))

    def set_rate(self, rate_bps: int | None, share: DownloadShare | None = None) -> None:
        """Change the rate of one download, or the global rate if `share` is None, in bytes per second."""
        bucket = self._scheduler.global_bucket if share is None else share.bucket
        bucket.set_rate(rate_bps, self._loop.time())
        self._grant_turns()

    def max_read_bytes(self, flow: ConnectionFlow, ceiling: int) -> int:
        """Return how many bytes a flow may read next, at most `ceiling`."""
        return min(flow.max_read_bytes(), ceiling) if self._scheduler.is_limited(flow) else ceiling

    def charge(self, flow: ConnectionFlow, amount_bytes: int) -> bool:
        """Charge a read to a flow; return False if the flow has to wait until its `on_granted` is called."""
        if not self._scheduler.is_limited(flow):
            # Credit from before the limit was lifted must not remain when the next limit is set.
            flow.credit_bytes = 0
            return True
        flow.credit_bytes -= amount_bytes
        if flow.credit_bytes > 0:
            return True
        self._scheduler.enqueue(flow)
        # Not at once: the caller has to stop reading before `on_granted` resumes it.
        self._schedule(0.0)
        return False

    def remove(self, flow: ConnectionFlow) -> None:
        """Remove a flow whose connection has ended from the queue."""
        self._scheduler.remove(flow)

    def close(self) -> None:
        """Cancel the timer; no turn is granted afterwards."""
        if self._timer is not None:
            self._timer.cancel()

    def _schedule(self, delay_s: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._loop.call_later(delay_s, self._grant_turns)

    def _grant_turns(self) -> None:
        granted, delay_s = self._scheduler.grant_turns(self._loop.time())
        for flow in granted:
            if flow.credit_bytes > 0:
                flow.on_granted()
            else:
                self._scheduler.enqueue(flow)
                delay_s = 0.0
        if delay_s is not None:
            self._schedule(delay_s)
