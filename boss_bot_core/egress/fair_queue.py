"""Hands out turns to read: each download within its own rate, all of them fairly within the global one.

Start-time fair queueing over downloads, not over connections: a download that opens eight connections gets no more than
one that opens a single one. Pure like the buckets; ``_pump`` gives it the event loop's clock.
"""

from collections import deque
from collections.abc import Callable

from boss_bot_core.egress.token_bucket import MIN_QUANTUM, TokenBucket, quantum


class Share:
    """One download's part of the bandwidth: its own bucket, and the flows that wait for a turn."""

    def __init__(self, bucket: TokenBucket) -> None:
        self.bucket = bucket
        self.waiting: deque[Flow] = deque()
        self.served = 0


class Flow:
    """One connection's right to read.

    Attributes:
        share: The download it belongs to.
        credit: Bytes paid for and not yet read; a little below zero when a limit was set while a read was under way.
        on_credit: Called when the flow was granted a turn.
    """

    def __init__(self, share: Share, on_credit: Callable[[], None]) -> None:
        self.share = share
        self.credit = 0
        self.on_credit = on_credit

    def room(self) -> int:
        """How many bytes may be read while a limit applies; never 0, so that a new limit cannot block a read."""
        return max(self.credit, MIN_QUANTUM)


class FairScheduler:
    """The global bucket, and the order in which downloads get their turns."""

    def __init__(self, bucket: TokenBucket) -> None:
        self.bucket = bucket
        self._shares: list[Share] = []
        self._virtual_time = 0

    def applies(self, flow: Flow) -> bool:
        """Tell whether any limit applies to a flow at present."""
        return self.bucket.rate is not None or flow.share.bucket.rate is not None

    def wait(self, flow: Flow) -> None:
        """Queue a flow for a turn."""
        if not flow.share.waiting:
            self._shares.append(flow.share)
        flow.share.waiting.append(flow)

    def forget(self, flow: Flow) -> None:
        """Take a flow that has ended out of the queue, if it is in it."""
        if flow in flow.share.waiting:
            flow.share.waiting.remove(flow)
            if not flow.share.waiting:
                self._shares.remove(flow.share)

    def release(self, now: float) -> tuple[list[Flow], float | None]:
        """Grant every turn that is due.

        Args:
            now: Monotonic seconds.

        Returns:
            The flows that got credit, and the seconds until the next turn may be due (None: nobody waits).
        """
        granted: list[Flow] = []
        while ready := [share for share in self._shares if self._own_delay(share, now) <= 0]:
            share = min(ready, key=lambda candidate: candidate.served)
            amount = self._quantum(share)
            if (delay := self.bucket.delay(amount, now)) > 0:
                return granted, delay
            granted.append(self._grant(share, amount, now))
        return granted, min((self._own_delay(share, now) for share in self._shares), default=None)

    def _grant(self, share: Share, amount: int, now: float) -> Flow:
        self.bucket.take(amount, now)
        share.bucket.take(amount, now)
        # A download that was idle, or slower than its part, starts level with the others: lag is not saved up.
        self._virtual_time = max(self._virtual_time, share.served)
        share.served = self._virtual_time + amount
        flow = share.waiting.popleft()
        if not share.waiting:
            self._shares.remove(share)
        flow.credit += amount
        return flow

    def _quantum(self, share: Share) -> int:
        return quantum(self.bucket.rate, share.bucket.rate)

    def _own_delay(self, share: Share, now: float) -> float:
        return share.bucket.delay(self._quantum(share), now)
