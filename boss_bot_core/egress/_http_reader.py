"""`HttpReader`: an asyncio protocol that parses HTTP heads and small bodies with h11 and is awaited event by event.

Both sides of the proxy use it until a connection becomes a raw relay. The relay then takes over the transport and the
data that was already read.
"""

import asyncio
from collections.abc import Callable
from typing import Final, cast

import h11

# Small, because data that arrives together with a response's head bypasses the rate limiter.
_READ_BYTES: Final = 16 * 1024


class HttpReader(asyncio.BufferedProtocol):
    """A protocol that reads from its transport only while an event is awaited.

    Attributes:
        http: The h11 connection that receives the data.
        transport: Set once connected.
        on_connected: Called once connected.
        on_data: Called with the size of each read, in bytes.
        on_closed: Called when the peer has finished sending, or the connection is lost.
        is_ended: Whether the peer has finished sending, or the connection is lost.
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
        # Keep the transport open: a client may half-close after its request and still read the response.
        return True

    def connection_lost(self, exc: Exception | None) -> None:
        self._writable.set()
        self._record_end()

    def pause_writing(self) -> None:
        self._writable.clear()

    def resume_writing(self) -> None:
        self._writable.set()

    async def read_event(self) -> h11.Event:
        """Wait for the next event and return it.

        Raises:
            h11.RemoteProtocolError: The peer violated the protocol, or closed the connection within a message.
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
        """Write data and wait until the transport's write buffer has room again.

        Raises:
            ConnectionResetError: The connection is closed.
        """
        if self.transport.is_closing():
            raise ConnectionResetError
        self.transport.write(data)
        await self._writable.wait()

    def watch_for_close(self, on_closed: Callable[[], object]) -> None:
        """Keep reading although no event is awaited, so that `on_closed` is called when the peer closes."""
        self.on_closed = on_closed
        if not self.is_ended:
            self.transport.resume_reading()

    def get_trailing_data(self) -> bytes:
        """Return the data that was read after the last event."""
        return self.http.trailing_data[0]

    def _record_end(self) -> None:
        if not self.is_ended:
            self.is_ended = True
            self.http.receive_data(b"")
        self._changed.set()
        if self.on_closed is not None:
            self.on_closed()
