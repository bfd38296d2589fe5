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

    other: "RelayDirection"
    meter: ByteMeter

    def __init__(self, source: asyncio.Transport, buffer: SharedBuffer, on_change: Callable[[], None]) -> None:
        self.source = source
        self.passed = 0
        self.ended = False
        self.lost = False
        self.discards = False
        self._buffer = buffer
        self._on_change = on_change
        self._sink_is_full = False
        self._must_wait = False

    def get_buffer(self, sizehint: int) -> memoryview:
        return self._buffer.view(self.meter.room())

    def buffer_updated(self, nbytes: int) -> None:
        if not self.meter.count(nbytes):
            return
        self._write(self._buffer.view(nbytes))
        if self.other.source.get_write_buffer_size():
            self._buffer.renew()

    def feed(self, data: bytes) -> None:
        """Pass on what was read, and counted, before the relay began."""
        if data:
            self._write(data)

    def eof_received(self) -> bool:
        self.ended = True
        if not self.discards:
            # The peer may have reset the connection a moment ago; its loss is reported by itself.
            with contextlib.suppress(OSError):
                self.other.source.write_eof()
        self._on_change()
        return True

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost = True
        self.meter.close()
        self._on_change()

    def pause_writing(self) -> None:
        self.other.hold(sink_is_full=True)

    def resume_writing(self) -> None:
        self.other.hold(sink_is_full=False)

    def hold(self, *, sink_is_full: bool | None = None, must_wait: bool | None = None) -> None:
        """Set one of the two reasons not to read, and stop or go on accordingly."""
        if sink_is_full is not None:
            self._sink_is_full = sink_is_full
        if must_wait is not None:
            self._must_wait = must_wait
        if self._sink_is_full or self._must_wait:
            self.source.pause_reading()
        elif not self.ended:
            self.source.resume_reading()

    def credited(self) -> None:
        """Go on after a wait for the throttle."""
        self.hold(must_wait=False)

    def _write(self, data: bytes | memoryview) -> None:
        self.passed += len(data)
        if self.discards:
            return
        self.other.source.write(data)
        if not self.meter.spend(len(data)):
            self.hold(must_wait=True)
