"""Reading a worker's events at a pace that the bot can bear, whatever the worker sends.

A worker that floods is slowed down by its own full socket: nothing is read while the reader rests.
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
"""A second's worth for anything that does not flood: progress comes ten times, a busy matcher answers twenty."""

_BURST_INTERVAL_S = 1.0
_THROTTLE_PAUSE_S = 0.05


class EventStream:
    """The bot's end of a job's socket.

    Args:
        reader: Its reading half.
        writer: Its writing half.
    """

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def from_socket(cls, channel: socket.socket) -> Self:
        """Return the stream over this side's socket."""
        return cls(*await asyncio.open_connection(sock=channel, limit=LINE_LIMIT_BYTES))

    def send(self, line: bytes) -> None:
        """Send the job, or a link to one that matches; nothing else is ever sent."""
        self._writer.write(line)

    async def read_events(self) -> AsyncIterator[Event]:
        """Yield events until the worker's end is closed.

        Raises:
            MessageError: The worker sent something that is no event.
        """
        lines, begun = 0, time.monotonic()
        while line := await self._read_line():
            lines += 1
            if lines == _BURST_LINES:
                if time.monotonic() - begun < _BURST_INTERVAL_S:
                    await asyncio.sleep(_THROTTLE_PAUSE_S)
                lines, begun = 0, time.monotonic()
            # A long line takes milliseconds to read: not on the loop.
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
        # A worker that died in the middle of a line sent no message.
        return line if line.endswith(b"\n") else b""
