"""`Relay`: copies bytes in both directions between a worker's connection and the upstream connection.

It decides how the two connections end together: either side may finish sending, disconnect, or stall. The two
directions themselves are in `_relay_direction`.
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
    """Discard the write buffer and close the connection with a TCP reset.

    ``transport.abort()`` alone ends a connection in order, and a worker that reads a body without a length until the
    end would take a truncated file for the complete one.
    """
    # A socket that is closed already cannot be reset.
    with contextlib.suppress(OSError):
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_ZERO)
    transport.abort()


class Relay:
    """The two directions between a worker and a host, and their common end."""

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
            state: The lease that the bytes are charged to.
            buffer: The shared read buffer.
            on_end: Called once, when both connections are closed.
            discard_upload: Forward nothing more from the worker.
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
        """Forward the data that was already read, then start reading."""
        self.upload.forward_early_data(client_data)
        self.download.forward_early_data(upstream_data)
        self.upload.update_reading()
        self.download.update_reading()

    def is_stalled(self, now: float, limits: EgressLimits) -> bool:
        """Tell whether the relay made no progress for too long; called at regular intervals.

        Args:
            now: Monotonic seconds.
            limits: The timeouts.
        """
        buffered = (
            direction.source.get_write_buffer_size()
            for direction in (self.upload, self.download)
            if not direction.is_lost
        )
        progress = (self.upload.relayed_bytes, self.download.relayed_bytes, *buffered)
        if progress != self._last_progress:
            self._last_progress, self._last_progress_at = progress, now
            return False
        # A worker that has finished sending is about to close; a worker whose host has finished may be paused.
        timeout_s = limits.half_closed_timeout_s if self.upload.is_ended else limits.idle_timeout_s
        return now - self._last_progress_at > timeout_s

    def _handle_change(self) -> None:
        if self.upload.is_lost and self.download.is_lost:
            self._on_end()
        elif self.upload.is_ended and self.download.is_ended:
            self.upload.source.close()
            self.download.source.close()
        elif self.download.is_lost and self.download.is_ended:
            # The host has sent everything; the worker may still be reading.
            self.upload.discards_data = True
        elif self.upload.is_lost or self.download.is_lost:
            # No clean end: the other side must not take the received part for the whole.
            reset_connection(self.upload.source)
            reset_connection(self.download.source)
