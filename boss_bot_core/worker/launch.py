"""Launches the zygote's process and talks to it over the control socket.

The zygote inherits its end of the control socket and, of the bot's environment, only an allow-list. One message is one
packet (SOCK_SEQPACKET), so an incomplete message can never block the bot's loop, and a worker's socket travels with its
message. asyncio's streams support neither.
"""

import asyncio
import contextlib
import os
import socket
import sys
from collections.abc import AsyncIterator, Mapping

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


_INHERITED_VARIABLES = frozenset({"PATH", "HOME", "LANG", "TZ", "TMPDIR"})
_INHERITED_PREFIX = "LC_"


async def launch_zygote(extra_environment: Mapping[str, str]) -> tuple[asyncio.subprocess.Process, ControlChannel]:
    """Start a zygote; return its process and its control channel.

    Args:
        extra_environment: Variables for the zygote beside the inherited ones.
    """
    bot_end, zygote_end = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    control = ControlChannel(bot_end)
    with zygote_end:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", f"{__package__}.zygote_process", str(zygote_end.fileno()), str(os.getpid())),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            env=build_environment(extra_environment),
            pass_fds=(zygote_end.fileno(),),
            # Only the bot must receive SIGINT when Ctrl-C is pressed in the terminal.
            start_new_session=True,
        )
    return process, control


async def log_stderr(process: asyncio.subprocess.Process) -> None:
    """Log the zygote's standard error: warnings of a plugin that warms up, or a traceback."""
    while process.stderr is not None and (text := await process.stderr.read(4096)):
        logger.bind(action="zygote").warning("Zygote stderr: {}", text.decode(errors="replace").rstrip())


def build_environment(extra: Mapping[str, str]) -> dict[str, str]:
    """Build the zygote's environment: the allowed variables of this process, and `extra`.

    An allow-list, because `/proc/PID/environ` shows the environment for as long as the process lives.
    """
    names = [name for name in os.environ if name in _INHERITED_VARIABLES or name.startswith(_INHERITED_PREFIX)]
    return {**{name: os.environ[name] for name in names}, **extra}
