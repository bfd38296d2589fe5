"""asyncio's side of the zygote's process: its control socket, its standard error and its exit.

One message is one packet (SOCK_SEQPACKET), so an incomplete message can never block the bot's loop, and a worker's
socket travels with its message. asyncio's streams support neither.
"""

import asyncio
import contextlib
import os
import socket
import subprocess
from collections.abc import AsyncIterator

from loguru import logger

from boss_bot_core.worker.messages import CONTROL_PACKET_LIMIT_BYTES, FromZygote, ToZygote, decode, encode


class ControlChannel:
    """The bot's end of the control socket, non-blocking.

    Args:
        control_socket: The bot's end; `close` closes it.
    """

    def __init__(self, control_socket: socket.socket) -> None:
        control_socket.setblocking(False)
        self._socket = control_socket
        self._send_lock = asyncio.Lock()

    async def send(self, message: ToZygote, *descriptors: int) -> None:
        """Send a message, together with copies of `descriptors`.

        Raises:
            OSError: The zygote has closed its end.
        """
        packet = encode(message, ToZygote)
        async with self._send_lock:
            while True:
                try:
                    socket.send_fds(self._socket, [packet], list(descriptors))
                except BlockingIOError:
                    await self._wait_until_writable()
                else:
                    return

    async def read_messages(self) -> AsyncIterator[FromZygote]:
        """Yield messages until the zygote closes its end.

        Raises:
            MessageError: The zygote sent an invalid message.
        """
        loop = asyncio.get_running_loop()
        with contextlib.suppress(ConnectionError):
            while packet := await loop.sock_recv(self._socket, CONTROL_PACKET_LIMIT_BYTES):
                yield decode(packet, FromZygote)

    def half_close(self) -> None:
        """Shut the sending side down: the zygote then kills its workers and exits."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        """Close the socket."""
        self._socket.close()

    async def _wait_until_writable(self) -> None:
        loop = asyncio.get_running_loop()
        writable = loop.create_future()
        loop.add_writer(self._socket, writable.set_result, None)
        try:
            await writable
        finally:
            loop.remove_writer(self._socket)


async def wait_for_exit(process: subprocess.Popen[bytes], descriptor: int) -> None:
    """Wait until a process has ended, and reap it.

    Args:
        process: The process.
        descriptor: A descriptor of it, from `os.pidfd_open`, which is closed at the end. It was opened before anything
            could reap the process: `Popen.kill` does.
    """
    loop = asyncio.get_running_loop()
    has_ended = asyncio.Event()
    loop.add_reader(descriptor, has_ended.set)
    try:
        await has_ended.wait()
    finally:
        loop.remove_reader(descriptor)
        os.close(descriptor)
    process.wait()


async def log_stderr(process: subprocess.Popen[bytes]) -> None:
    """Log the zygote's standard error: warnings of a plugin that warms up, or a traceback."""
    reader = asyncio.StreamReader()
    protocol = asyncio.StreamReaderProtocol(reader)
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, process.stderr)
    try:
        while text := await reader.read(4096):
            logger.bind(action="zygote").warning("Zygote stderr: {}", text.decode(errors="replace").rstrip())
    finally:
        transport.close()
