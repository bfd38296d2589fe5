"""Tells every process that works on one data folder that the queue has changed, without polling and without a server.

Each listener binds a datagram socket of its own in the folder; whoever changes the queue sends one byte to each.
The rows decide what is true; a signal that gets lost costs time, never a download.
"""

import asyncio
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import uuid4

_SOCKET_PATTERN = "wake-*.sock"
_MAX_ADDRESS_BYTES = 107
"""Bytes that Linux allows in a Unix socket's address."""


class QueueNotifier:
    """The signal. `notify` works at any time; `wait` only inside `async with`, which makes this process a listener.

    Args:
        folder: Where the listeners' sockets are: the data folder's `.locks`.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._signal = asyncio.Event()
        self._path = folder / f"wake-{os.getpid()}-{uuid4().hex[:8]}.sock"
        self._socket: socket.socket | None = None

    async def __aenter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._socket = _open_socket()
        with _open_address(self._path) as address:
            self._socket.bind(address)
        asyncio.get_running_loop().add_reader(self._socket, self._receive)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._socket is not None:
            asyncio.get_running_loop().remove_reader(self._socket)
            self._socket.close()
            self._socket = None
            self._path.unlink(missing_ok=True)

    def notify(self) -> None:
        """Wake this process's waiter and every other listener on the folder."""
        self._signal.set()
        others = [path for path in self._folder.glob(_SOCKET_PATTERN) if path != self._path]
        if not others:
            return
        # What changed is written already: a process without a free descriptor must not fail because of the signal.
        with suppress(OSError), _open_socket() as sender:
            for path in others:
                _send_signal(sender, path)

    async def wait(self, timeout_s: float | None) -> bool:
        """Return True at the next signal, at once if one came since the last call; False after `timeout_s` seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                await self._signal.wait()
        was_signalled = self._signal.is_set()
        self._signal.clear()
        return was_signalled

    def _receive(self) -> None:
        with suppress(BlockingIOError):
            while self._socket is not None and self._socket.recv(1):
                self._signal.set()


def _open_socket() -> socket.socket:
    made = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    made.setblocking(False)
    return made


def _send_signal(sender: socket.socket, path: Path) -> None:
    try:
        with _open_address(path) as address:
            sender.sendto(b"!", address)
    except BlockingIOError:
        # Its buffer is full of signals that it has not read: it will wake.
        return
    except ConnectionRefusedError:
        # A process that was killed left its socket's name behind.
        path.unlink(missing_ok=True)
    except OSError:
        # Gone meanwhile, or another user's: not worth more than a lost signal.
        return


@contextmanager
def _open_address(path: Path) -> Iterator[str]:
    """Give a socket address for `path`, however long: a longer one is reached through its folder's descriptor."""
    if len(os.fsencode(path)) <= _MAX_ADDRESS_BYTES:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_PATH | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)
