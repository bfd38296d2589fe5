"""The bot's end of the zygote's control socket.

One message is one packet (SOCK_SEQPACKET), so nothing half-written can ever hold up the bot's loop, and a worker's
socket travels with its message. asyncio's streams know neither.

Starting the zygote's process: what it inherits is the control socket, and nothing of the bot's environment.
"""

import asyncio
import contextlib
import os
import socket
import sys
from collections.abc import AsyncIterator, Mapping

from loguru import logger

from boss_bot_core.worker.messages import FromZygote, ToZygote, decode, encode

_PACKET_LIMIT_BYTES = 256 * 1024


class ControlChannel:
    """Packets of messages, non-blocking.

    Args:
        end: This side's socket; closed by `close`.
    """

    def __init__(self, control_socket: socket.socket) -> None:
        control_socket.setblocking(False)
        self._socket = control_socket
        self._send_lock = asyncio.Lock()

    async def send(self, message: ToZygote, *descriptors: int) -> None:
        """Send a message, and copies of `descriptors` with it.

        Raises:
            OSError: The other side is gone.
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
        """Yield what comes, until the other side is gone.

        Raises:
            MessageError: It sent garbage.
        """
        loop = asyncio.get_running_loop()
        with contextlib.suppress(ConnectionError):
            while packet := await loop.sock_recv(self._socket, _PACKET_LIMIT_BYTES):
                yield decode(packet, FromZygote)

    def half_close(self) -> None:
        """Say that nothing more will be asked: the zygote ends its workers and itself."""
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
    """Start a zygote, and return it with the way to talk to it.

    Args:
        extra_environment: Variables that it gets beside the harmless ones of this process.
    """
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    control = ControlChannel(ours)
    with theirs:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", f"{__package__}.zygote_process", str(theirs.fileno()), str(os.getpid())),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            env=build_environment(extra_environment),
            pass_fds=(theirs.fileno(),),
            # Ctrl-C on the terminal is the bot's to handle.
            start_new_session=True,
        )
    return process, control


async def log_stderr(process: asyncio.subprocess.Process) -> None:
    """Log what the zygote writes to its standard error: a plugin's warnings while it warms up, or a traceback."""
    while process.stderr is not None and (text := await process.stderr.read(4096)):
        logger.bind(action="zygote").warning("The zygote says: {}", text.decode(errors="replace").rstrip())


def build_environment(extra: Mapping[str, str]) -> dict[str, str]:
    """Return what of this process's environment the zygote may see, and `extra`.

    An allow-list: `/proc/PID/environ` shows it for as long as the process lives.
    """
    kept = {
        name: text
        for name, text in os.environ.items()
        if name in _INHERITED_VARIABLES or name.startswith(_INHERITED_PREFIX)
    }
    return {**kept, **extra}
