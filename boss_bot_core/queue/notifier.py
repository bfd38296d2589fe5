"""Signals to all processes of one data folder that the queue has changed, without polling and without a server.

Each listener binds its own datagram socket in the folder. A process that changes the queue sends one byte to each
socket. The rows of the database hold the state: a lost signal delays a download, but never loses it.
No signal reaches another machine: where machines share the database, listeners read it again after a short time.
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
SHARED_POLL_S = 0.5
"""Longest wait in seconds where machines share the queue."""
_MAX_ADDRESS_BYTES = 107
"""The largest length of a Unix socket's address on Linux."""


class QueueNotifier:
    """Sends and receives the signal.

    `notify` works at any time. `wait` works only inside `async with`, which makes this process a listener.

    Args:
        folder: The folder of the listeners' sockets: the data folder's `.locks`.
        is_shared: Whether other machines may change the queue too.
    """

    def __init__(self, folder: Path, *, is_shared: bool = False) -> None:
        self._is_shared = is_shared
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
        # The change is already written: a process without a free descriptor must not fail because of the signal.
        with suppress(OSError), _open_socket() as sender:
            for path in others:
                _send_signal(sender, path)

    async def wait(self, timeout_s: float | None) -> bool:
        """Wait at most `timeout_s` seconds for a signal since the last call; return whether one came."""
        if self._is_shared:
            timeout_s = SHARED_POLL_S if timeout_s is None else min(SHARED_POLL_S, timeout_s)
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
    opened = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    opened.setblocking(False)
    return opened


def _send_signal(sender: socket.socket, path: Path) -> None:
    try:
        with _open_address(path) as address:
            sender.sendto(b"!", address)
    except BlockingIOError:
        # The listener's buffer is full of unread signals: it will wake.
        return
    except ConnectionRefusedError:
        # A killed process left its socket file behind.
        path.unlink(missing_ok=True)
    except OSError:
        # The socket is gone, or belongs to another user: the signal is lost, which is acceptable.
        return


@contextmanager
def _open_address(path: Path) -> Iterator[str]:
    """Yield a socket address for `path`; a path that is too long is reached through its folder's descriptor."""
    if len(os.fsencode(path)) <= _MAX_ADDRESS_BYTES:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_PATH | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)
