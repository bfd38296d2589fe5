"""Cuts a connection so that the other end notices: with a reset, not with an orderly end.

Apart because ``transport.abort()`` alone ends a connection like any other, and a worker that reads a body without a
length up to the end would take half a file for the whole.

Joins a worker's connection and a host's until both have ended.
Apart from its halves because how two connections end together is one concern: either may finish sending, vanish, or
stand still for ever.
"""

import asyncio
import contextlib
import socket
import struct
from collections.abc import Callable
from typing import Final

from boss_bot_core.egress._http_reader import HttpReader
from boss_bot_core.egress._lease_state import LeaseState
from boss_bot_core.egress._metering import DownloadMeter, SharedBuffer, UploadMeter
from boss_bot_core.egress._relay_direction import RelayDirection
from boss_bot_core.egress.model import EgressLimits

_LINGER_ZERO: Final = struct.pack("ii", 1, 0)


def reset(transport: asyncio.Transport) -> None:
    """Drop what has not been sent yet, and close at once."""
    # A socket that is closed already has nothing to reset.
    with contextlib.suppress(OSError):
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_ZERO)
    transport.abort()


class Relay:
    """Two halves."""

    def __init__(
        self,
        client: HttpReader,
        upstream: HttpReader,
        state: LeaseState,
        buffer: SharedBuffer,
        on_end: Callable[[], None],
        *,
        one_way: bool,
    ) -> None:
        """Take both transports over, without reading yet.

        Args:
            client: The worker's side.
            upstream: The host's side.
            state: Whose bytes they are.
            buffer: The shared buffer.
            on_end: Called once, when both connections are closed.
            one_way: Pass on nothing more from the worker.
        """
        self._on_end = on_end
        self._seen: tuple[int, ...] = ()
        self._seen_at = 0.0
        self.down = RelayDirection(upstream.transport, buffer, self._changed)
        self.up = RelayDirection(client.transport, buffer, self._changed)
        self.up.discards = one_way
        self.down.other, self.up.other = self.up, self.down
        self.down.meter = DownloadMeter(state, self.down.credited)
        self.up.meter = UploadMeter(state)
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
        buffered = (
            direction.source.get_write_buffer_size() for direction in (self.up, self.down) if not direction.lost
        )
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
