"""Joins a worker's connection and a host's until both have ended.

Apart from its halves because how two connections end together is one concern: either may finish sending, vanish, or
stand still for ever.
"""

from collections.abc import Callable

from boss_bot_core.worker.egress._account import Account
from boss_bot_core.worker.egress._half import Half
from boss_bot_core.worker.egress._message import MessageReader
from boss_bot_core.worker.egress._meter import DownMeter, UpMeter
from boss_bot_core.worker.egress._reset import reset
from boss_bot_core.worker.egress._scratch import Scratch
from boss_bot_core.worker.egress.limits import EgressLimits


class Relay:
    """Two halves."""

    def __init__(
        self,
        client: MessageReader,
        upstream: MessageReader,
        account: Account,
        scratch: Scratch,
        on_end: Callable[[], None],
        *,
        one_way: bool,
    ) -> None:
        """Take both transports over, without reading yet.

        Args:
            client: The worker's side.
            upstream: The host's side.
            account: Whose bytes they are.
            scratch: The shared buffer.
            on_end: Called once, when both connections are closed.
            one_way: Pass on nothing more from the worker.
        """
        self._on_end = on_end
        self._seen: tuple[int, ...] = ()
        self._seen_at = 0.0
        self.down = Half(upstream.transport, scratch, self._changed)
        self.up = Half(client.transport, scratch, self._changed)
        self.up.discards = one_way
        self.down.other, self.up.other = self.up, self.down
        self.down.meter = DownMeter(account, self.down.credited)
        self.up.meter = UpMeter(account)
        upstream.transport.set_protocol(self.down)
        client.transport.set_protocol(self.up)

    def start(self, *, from_client: bytes = b"", from_upstream: bytes = b"") -> None:
        """Pass on what was already read, then read."""
        self.up.feed(from_client)
        self.down.feed(from_upstream)
        self.up.hold()
        self.down.hold()

    def is_stalled(self, now: float, limits: EgressLimits) -> bool:
        """Tell whether nothing has moved for too long; asked at intervals.

        Args:
            now: Monotonic seconds.
            limits: How long is too long.
        """
        buffered = (half.source.get_write_buffer_size() for half in (self.up, self.down) if not half.lost)
        seen = (self.up.passed, self.down.passed, *buffered)
        if seen != self._seen:
            self._seen, self._seen_at = seen, now
            return False
        # A worker that has finished sending is leaving; one whose host has finished may be paused and still read.
        return now - self._seen_at > (limits.half_closed_timeout_s if self.up.ended else limits.idle_timeout_s)

    def _changed(self) -> None:
        if self.up.lost and self.down.lost:
            self._on_end()
        elif self.up.ended and self.down.ended:
            self.up.source.close()
            self.down.source.close()
        elif self.down.lost and self.down.ended:
            # The host had said everything; the worker may still be reading it.
            self.up.discards = True
        elif self.up.lost or self.down.lost:
            # Not a clean end: the other side must not take what it got for the whole.
            reset(self.up.source)
            reset(self.down.source)
