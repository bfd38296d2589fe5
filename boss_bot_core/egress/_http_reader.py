"""Reads HTTP heads, and small bodies, from a transport: h11 with its pull side made awaitable.

Used on both sides of the proxy until a connection becomes a raw relay; then the relay takes the transport over,
together with what had already been read.
"""

import asyncio
from collections.abc import Callable
from typing import Final, cast

import h11

# Small, because what comes along with a response's head has not been paid for at the throttle.
_READ_BYTES: Final = 16 * 1024


class HttpReader(asyncio.BufferedProtocol):
    """A protocol that reads only while somebody awaits an event.

    Attributes:
        http: The h11 connection that is fed.
        transport: Set once connected.
        on_made: Called once connected.
        on_data: Called with the size of each read.
        on_gone: Called when the peer has finished sending, or is lost.
    """

    transport: asyncio.Transport

    def __init__(self, role: type[h11.CLIENT] | type[h11.SERVER], head_bytes: int) -> None:
        self.http = h11.Connection(role, max_incomplete_event_size=head_bytes)
        self.on_connected: Callable[[], object] | None = None
        self.on_data: Callable[[int], object] | None = None
        self.on_closed: Callable[[], object] | None = None
        self.is_ended = False
        self._buffer = bytearray(_READ_BYTES)
        self._changed = asyncio.Event()
        self._writable = asyncio.Event()
        self._writable.set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self.transport.pause_reading()
        if self.on_connected is not None:
            self.on_connected()

    def get_buffer(self, sizehint: int) -> bytearray:
        return self._buffer

    def buffer_updated(self, nbytes: int) -> None:
        self.transport.pause_reading()
        self.http.receive_data(bytes(self._buffer[:nbytes]))
        if self.on_data is not None:
            self.on_data(nbytes)
        self._changed.set()

    def eof_received(self) -> bool:
        self._record_end()
        # Stay open: a client that has sent its request may finish sending and still read the answer.
        return True

    def connection_lost(self, exc: Exception | None) -> None:
        self._writable.set()
        self._record_end()

    def pause_writing(self) -> None:
        self._writable.clear()

    def resume_writing(self) -> None:
        self._writable.set()

    async def read_event(self) -> h11.Event:
        """Return the next event.

        Raises:
            h11.RemoteProtocolError: The peer broke the protocol, or left in the middle of a message.
        """
        while True:
            event = self.http.next_event()
            if isinstance(event, h11.Event):
                return event
            if event is h11.PAUSED:
                raise h11.RemoteProtocolError("unexpected data")
            self._changed.clear()
            self.transport.resume_reading()
            await self._changed.wait()

    async def send(self, data: bytes) -> None:
        """Write, and wait while the peer is slow.

        Raises:
            ConnectionResetError: The connection is gone.
        """
        if self.transport.is_closing():
            raise ConnectionResetError
        self.transport.write(data)
        await self._writable.wait()

    def watch_for_close(self, on_closed: Callable[[], object]) -> None:
        """Learn when the peer leaves, although no event is awaited."""
        self.on_closed = on_closed
        if not self.is_ended:
            self.transport.resume_reading()

    def get_trailing_data(self) -> bytes:
        """What was read beyond the last event."""
        return self.http.trailing_data[0]

    def _record_end(self) -> None:
        if not self.is_ended:
            self.is_ended = True
            self.http.receive_data(b"")
        self._changed.set()
        if self.on_closed is not None:
            self.on_closed()
