"""`EventStream`: the bot's end of a worker's socket; reads events at a limited rate.

A worker that floods the socket is slowed down by its own full send buffer: nothing is read during a pause.
"""

import asyncio
import contextlib
import socket
import time
from collections.abc import AsyncIterator
from typing import Self

from boss_bot_core.worker.errors import MessageError
from boss_bot_core.worker.messages import LINE_LIMIT_BYTES, Event, decode

_LARGE_LINE_BYTES = 8 * 1024
_BURST_LINES = 50
"""More than a second's events of a well-behaved worker: ten of progress, or twenty answers of a busy matcher."""

_BURST_INTERVAL_S = 1.0
_THROTTLE_PAUSE_S = 0.05


class EventStream:
    """Sends messages to a worker and reads its events.

    Args:
        reader: The stream that is read.
        writer: The stream that is written.
    """

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def from_socket(cls, channel: socket.socket) -> Self:
        """Create a stream over the bot's end of a socket pair."""
        return cls(*await asyncio.open_connection(sock=channel, limit=LINE_LIMIT_BYTES))

    def send(self, line: bytes) -> None:
        """Send an encoded message: the job, or a link to a worker that matches links."""
        self._writer.write(line)

    async def read_events(self) -> AsyncIterator[Event]:
        """Yield events until the worker closes its end.

        Raises:
            MessageError: The worker sent something that is no event.
        """
        line_count, started_at = 0, time.monotonic()
        while line := await self._read_line():
            line_count += 1
            if line_count == _BURST_LINES:
                if time.monotonic() - started_at < _BURST_INTERVAL_S:
                    await asyncio.sleep(_THROTTLE_PAUSE_S)
                line_count, started_at = 0, time.monotonic()
            # Decoding a long line takes milliseconds, too long for the event loop.
            is_large = len(line) > _LARGE_LINE_BYTES
            yield await asyncio.to_thread(decode, line, Event) if is_large else decode(line, Event)

    async def close(self) -> None:
        """Close the socket."""
        self._writer.close()
        with contextlib.suppress(OSError):
            await self._writer.wait_closed()

    async def _read_line(self) -> bytes:
        try:
            line = await self._reader.readline()
        except ConnectionError:
            return b""
        except ValueError as exc:
            raise MessageError("A message is too long.") from exc
        # An incomplete line is no message: the worker died while it wrote.
        return line if line.endswith(b"\n") else b""
