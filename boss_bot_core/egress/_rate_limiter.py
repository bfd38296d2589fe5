"""Runs the fair throttle on the event loop: grants turns when they are due, and at once when a rate changes.

Apart from the throttle so that the latter stays free of timers.
"""

import asyncio

from boss_bot_core.egress.fair_queue import FairScheduler, Flow, Share
from boss_bot_core.egress.token_bucket import TokenBucket


class RateLimiter:
    """One timer for all waiting flows."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._throttle = FairScheduler(TokenBucket(None, loop.time()))
        self._timer: asyncio.TimerHandle | None = None

    def share(self, rate_bps: int | None) -> Share:
        """Make a download's part, limited to a rate in bytes per second (None: unlimited)."""
        return Share(TokenBucket(rate_bps, self._loop.time()))

    def set_rate(self, rate_bps: int | None, share: Share | None = None) -> None:
        """Change the rate of one download, or the global one, in bytes per second."""
        bucket = self._throttle.bucket if share is None else share.bucket
        bucket.set_rate(rate_bps, self._loop.time())
        self._run()

    def room(self, flow: Flow, most: int) -> int:
        """How many bytes a flow may read next."""
        return min(flow.room(), most) if self._throttle.applies(flow) else most

    def spend(self, flow: Flow, amount: int) -> bool:
        """Note a read; False when the flow has to wait: ``flow.on_credit`` is called when it may read again."""
        if not self._throttle.applies(flow):
            # What was granted before the limit was lifted must not outlast the next one.
            flow.credit = 0
            return True
        flow.credit -= amount
        if flow.credit > 0:
            return True
        self._throttle.wait(flow)
        # Not at once: the caller first stops reading, then hears that it may go on.
        self._schedule(0.0)
        return False

    def forget(self, flow: Flow) -> None:
        """Drop a flow whose connection has ended."""
        self._throttle.forget(flow)

    def close(self) -> None:
        """Stop the timer; nothing is granted any more."""
        if self._timer is not None:
            self._timer.cancel()

    def _schedule(self, delay_s: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._loop.call_later(delay_s, self._run)

    def _run(self) -> None:
        granted, delay_s = self._throttle.release(self._loop.time())
        for flow in granted:
            if flow.credit > 0:
                flow.on_credit()
            else:
                self._throttle.wait(flow)
                delay_s = 0.0
        if delay_s is not None:
            self._schedule(delay_s)
