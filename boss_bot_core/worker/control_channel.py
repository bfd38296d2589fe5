"""The bot's end of the zygote's control socket.

One message is one packet (SOCK_SEQPACKET), so nothing half-written can ever hold up the bot's loop, and a worker's
socket travels with its message. asyncio's streams know neither.
"""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator

from boss_bot_core.worker.messages import FromZygote, ToZygote, decode, encode

_PACKET_LIMIT_BYTES = 256 * 1024


class ControlChannel:
    """Packets of messages, non-blocking.

    Args:
        end: This side's socket; closed by `close`.
    """

    def __init__(self, end: socket.socket) -> None:
        end.setblocking(False)
        self._end = end
        self._sending = asyncio.Lock()

    async def send(self, message: ToZygote, *descriptors: int) -> None:
        """Send a message, and copies of `descriptors` with it.

        Raises:
            OSError: The other side is gone.
        """
        packet = encode(message, ToZygote)
        async with self._sending:
            while True:
                try:
                    socket.send_fds(self._end, [packet], list(descriptors))
                except BlockingIOError:
                    await self._writable()
                else:
                    return

    async def received(self) -> AsyncIterator[FromZygote]:
        """Yield what comes, until the other side is gone.

        Raises:
            MessageError: It sent garbage.
        """
        loop = asyncio.get_running_loop()
        with contextlib.suppress(ConnectionError):
            while packet := await loop.sock_recv(self._end, _PACKET_LIMIT_BYTES):
                yield decode(packet, FromZygote)

    def half_close(self) -> None:
        """Say that nothing more will be asked: the zygote ends its workers and itself."""
        with contextlib.suppress(OSError):
            self._end.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        """Close the socket."""
        self._end.close()

    async def _writable(self) -> None:
        loop = asyncio.get_running_loop()
        writable = loop.create_future()
        loop.add_writer(self._end, writable.set_result, None)
        try:
            await writable
        finally:
            loop.remove_writer(self._end)
