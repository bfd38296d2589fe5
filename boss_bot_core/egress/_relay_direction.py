"""One direction of a relay: what is read from one transport is written to the other.

The hot path of every download: reads go into the shared buffer and out of it again without an object in between.
"""

import asyncio
import contextlib
from collections.abc import Callable

from boss_bot_core.egress._metering import ByteMeter, SharedBuffer


class RelayDirection(asyncio.BufferedProtocol):
    """The protocol of the transport that is read.

    Attributes:
        source: The transport that is read.
        other: The other direction.
        passed: Bytes passed on.
        ended: Whether the source has finished sending.
        lost: Whether the source is closed.
        discards: Read on, so that the source may end in order, but pass nothing on.
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
        """Pass on what was read, and counted, before the relay began."""
        if data:
            self._forward(data)

    def eof_received(self) -> bool:
        self.is_ended = True
        if not self.discards_data:
            # The peer may have reset the connection a moment ago; its loss is reported by itself.
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
        """Set one of the two reasons not to read, and stop or go on accordingly."""
        if is_sink_full is not None:
            self._is_sink_full = is_sink_full
        if is_rate_limited is not None:
            self._is_rate_limited = is_rate_limited
        if self._is_sink_full or self._is_rate_limited:
            self.source.pause_reading()
        elif not self.is_ended:
            self.source.resume_reading()

    def resume_after_grant(self) -> None:
        """Go on after a wait for the throttle."""
        self.update_reading(is_rate_limited=False)

    def _forward(self, data: bytes | memoryview) -> None:
        self.relayed_bytes += len(data)
        if self.discards_data:
            return
        self.opposite.source.write(data)
        if not self.meter.charge(len(data)):
            self.update_reading(is_rate_limited=True)
