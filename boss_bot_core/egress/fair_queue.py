"""Start-time fair queueing: grants turns to read within each download's own rate, and fairly within the global rate.

Fairness is between downloads, not between connections: a download that opens eight connections gets no more bandwidth
than a download that opens one. The module is pure like the token bucket; `RateLimiter` supplies the event loop's clock.
"""

from collections import deque
from collections.abc import Callable

from boss_bot_core.egress.token_bucket import MIN_QUANTUM_BYTES, TokenBucket, compute_quantum_bytes


class DownloadShare:
    """One download's share of the bandwidth.

    Attributes:
        bucket: The download's own token bucket.
        waiting: Flows that wait for a turn, in order.
        served_bytes: The download's virtual finish time: bytes granted so far, raised to the virtual time after a
            period without turns.
    """

    def __init__(self, bucket: TokenBucket) -> None:
        self.bucket = bucket
        self.waiting: deque[ConnectionFlow] = deque()
        self.served_bytes = 0


class ConnectionFlow:
    """One connection's right to read.

    Attributes:
        share: The share of the download that the connection belongs to.
        credit_bytes: Bytes granted and not yet read; slightly negative if a limit was set during a read.
        on_granted: Called when the flow was granted a turn.
    """

    def __init__(self, share: DownloadShare, on_granted: Callable[[], None]) -> None:
        self.share = share
        self.credit_bytes = 0
        self.on_granted = on_granted

    def max_read_bytes(self) -> int:
        """Return how many bytes may be read while a limit applies; never 0, so that a new limit cannot block a read."""
        return max(self.credit_bytes, MIN_QUANTUM_BYTES)


class FairScheduler:
    """Decides which download reads next.

    Attributes:
        global_bucket: The token bucket of all downloads together.
    """

    def __init__(self, bucket: TokenBucket) -> None:
        self.global_bucket = bucket
        self._waiting_shares: list[DownloadShare] = []
        self._virtual_time = 0

    def is_limited(self, flow: ConnectionFlow) -> bool:
        """Tell whether a rate limit applies to a flow at present."""
        return self.global_bucket.rate_bps is not None or flow.share.bucket.rate_bps is not None

    def enqueue(self, flow: ConnectionFlow) -> None:
        """Add a flow to the queue for a turn."""
        if not flow.share.waiting:
            self._waiting_shares.append(flow.share)
        flow.share.waiting.append(flow)

    def remove(self, flow: ConnectionFlow) -> None:
        """Remove a flow that has ended from the queue, if it is queued."""
        if flow in flow.share.waiting:
            flow.share.waiting.remove(flow)
            if not flow.share.waiting:
                self._waiting_shares.remove(flow.share)

    def grant_turns(self, now: float) -> tuple[list[ConnectionFlow], float | None]:
        """Grant every turn that is due.

        Args:
            now: Monotonic seconds.

        Returns:
            The flows that got credit, and the seconds until the next turn may be due (None: no flow waits).
        """
        granted: list[ConnectionFlow] = []
        while ready := [share for share in self._waiting_shares if self._share_delay_s(share, now) <= 0]:
            share = min(ready, key=lambda candidate: candidate.served_bytes)
            amount = self._quantum_bytes(share)
            if (delay := self.global_bucket.delay_s(amount, now)) > 0:
                return granted, delay
            granted.append(self._grant_turn(share, amount, now))
        return granted, min((self._share_delay_s(share, now) for share in self._waiting_shares), default=None)

    def _grant_turn(self, share: DownloadShare, amount_bytes: int, now: float) -> ConnectionFlow:
        self.global_bucket.take(amount_bytes, now)
        share.bucket.take(amount_bytes, now)
        # A download that was idle, or slower than its share, starts level with the others: it earns no arrears.
        self._virtual_time = max(self._virtual_time, share.served_bytes)
        share.served_bytes = self._virtual_time + amount_bytes
        flow = share.waiting.popleft()
        if not share.waiting:
            self._waiting_shares.remove(share)
        flow.credit_bytes += amount_bytes
        return flow

    def _quantum_bytes(self, share: DownloadShare) -> int:
        return compute_quantum_bytes(self.global_bucket.rate_bps, share.bucket.rate_bps)

    def _share_delay_s(self, share: DownloadShare, now: float) -> float:
        return share.bucket.delay_s(self._quantum_bytes(share), now)
