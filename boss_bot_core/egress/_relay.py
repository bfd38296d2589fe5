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


def reset_connection(transport: asyncio.Transport) -> None:
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
        discard_upload: bool,
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
        self._last_progress: tuple[int, ...] = ()
        self._last_progress_at = 0.0
        self.download = RelayDirection(upstream.transport, buffer, self._handle_change)
        self.upload = RelayDirection(client.transport, buffer, self._handle_change)
        self.upload.discards_data = discard_upload
        self.download.opposite, self.upload.opposite = self.upload, self.download
        self.download.meter = DownloadMeter(state, self.download.resume_after_grant)
        self.upload.meter = UploadMeter(state)
        upstream.transport.set_protocol(self.download)
        client.transport.set_protocol(self.upload)

    def start(self, *, client_data: bytes = b"", upstream_data: bytes = b"") -> None:
        """Pass on what was already read, then read."""
        self.upload.forward_early_data(client_data)
        self.download.forward_early_data(upstream_data)
        self.upload.update_reading()
        self.download.update_reading()

    def is_stalled(self, now: float, limits: EgressLimits) -> bool:
        """Tell whether nothing has moved for too long; asked at intervals.

        Args:
            now: Monotonic seconds.
            limits: How long is too long.
        """
        buffered = (
            direction.source.get_write_buffer_size()
            for direction in (self.upload, self.download)
            if not direction.is_lost
        )
        seen = (self.upload.relayed_bytes, self.download.relayed_bytes, *buffered)
        if seen != self._last_progress:
            self._last_progress, self._last_progress_at = seen, now
            return False
        # A worker that has finished sending is leaving; one whose host has finished may be paused and still read.
        return now - self._last_progress_at > (
            limits.half_closed_timeout_s if self.upload.is_ended else limits.idle_timeout_s
        )

    def _handle_change(self) -> None:
        if self.upload.is_lost and self.download.is_lost:
            self._on_end()
        elif self.upload.is_ended and self.download.is_ended:
            self.upload.source.close()
            self.download.source.close()
        elif self.download.is_lost and self.download.is_ended:
            # The host had said everything; the worker may still be reading it.
            self.upload.discards_data = True
        elif self.upload.is_lost or self.download.is_lost:
            # Not a clean end: the other side must not take what it got for the whole.
            reset_connection(self.upload.source)
            reset_connection(self.download.source)
