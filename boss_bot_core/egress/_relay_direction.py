"""`RelayDirection`: copies the bytes read from one transport to the other.

This is the hot path of every download: reads go into the shared buffer and are written from it without a copy.
"""

import asyncio
import contextlib
from collections.abc import Callable

from boss_bot_core.egress._metering import ByteMeter, SharedBuffer


class RelayDirection(asyncio.BufferedProtocol):
    """The protocol of the transport that is read.

    Attributes:
        source: The transport that is read.
        opposite: The opposite direction, whose source is written.
        meter: Counts and limits the bytes of this direction.
        relayed_bytes: Bytes read so far.
        is_ended: Whether the source has finished sending.
        is_lost: Whether the source is closed.
        discards_data: Keep reading, so that the source can end in order, but forward nothing.
    """

    opposite: "RelayDirection"
    meter: ByteMeter

    def __init__(self, source: asyncio.Transport, buffer: SharedBuffer, on_change: Callable[[], None]) -> None:
        self.source = source
        self.relayed_bytes = 0
        self.is_ended = False
        self.is_lost = False
        self.discards_data = False
        self._buffer = buffer
        self._on_change = on_change
        self._is_sink_full = False
        self._is_rate_limited = False

    def get_buffer(self, sizehint: int) -> memoryview:
        return self._buffer.get_view(self.meter.max_read_bytes())

    def buffer_updated(self, nbytes: int) -> None:
        if not self.meter.record_read(nbytes):
            return
        self._forward(self._buffer.get_view(nbytes))
        if self.opposite.source.get_write_buffer_size():
            self._buffer.replace()

    def forward_early_data(self, data: bytes) -> None:
        """Forward data that was read and counted before the relay started."""
        if data:
            self._forward(data)

    def eof_received(self) -> bool:
        self.is_ended = True
        if not self.discards_data:
            # The peer may have reset the connection a moment ago; `connection_lost` reports that separately.
            with contextlib.suppress(OSError):
                self.opposite.source.write_eof()
        self._on_change()
        return True

    def connection_lost(self, exc: Exception | None) -> None:
        self.is_lost = True
        self.meter.close()
        self._on_change()

    def pause_writing(self) -> None:
        self.opposite.update_reading(is_sink_full=True)

    def resume_writing(self) -> None:
        self.opposite.update_reading(is_sink_full=False)

    def update_reading(self, *, is_sink_full: bool | None = None, is_rate_limited: bool | None = None) -> None:
        """Set one of the two reasons not to read, then pause or resume reading."""
        if is_sink_full is not None:
            self._is_sink_full = is_sink_full
        if is_rate_limited is not None:
            self._is_rate_limited = is_rate_limited
        if self._is_sink_full or self._is_rate_limited:
            self.source.pause_reading()
        elif not self.is_ended:
            self.source.resume_reading()

    def resume_after_grant(self) -> None:
        """Resume reading because the rate limiter granted a turn."""
        self.update_reading(is_rate_limited=False)

    def _forward(self, data: bytes | memoryview) -> None:
        self.relayed_bytes += len(data)
        if self.discards_data:
            return
        self.opposite.source.write(data)
        if not self.meter.charge(len(data)):
            self.update_reading(is_rate_limited=True)
