"""Signals to all waiters and all processes of one data folder that the queue has changed, without polling or a server.

Each listener binds its own datagram socket in the folder. A process that changes the queue sends one byte to each
socket. The rows of the database hold the state: a lost signal delays a download, but never loses it.
No signal reaches another machine: where machines share the database, listeners read it again after a short time.
"""

import asyncio
import os
import socket
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import uuid4
from weakref import WeakSet

from boss_bot_core.queue.wake_sockets import open_wake_address, open_wake_socket, send_wake_signal

_SOCKET_PATTERN = "wake-*.sock"
SHARED_POLL_S = 0.5
"""Longest wait in seconds where machines share the queue."""


class QueueSignal:
    """The signal of one waiter: a wait takes it, so two waiters that shared one would take it from each other.

    Args:
        max_wait_s: Longest wait in seconds; None for no limit.
    """

    def __init__(self, max_wait_s: float | None) -> None:
        self._max_wait_s = max_wait_s
        self._changed = asyncio.Event()

    def set(self) -> None:
        """End the waiter's present wait, or its next one."""
        self._changed.set()

    async def wait(self, timeout_s: float | None) -> bool:
        """Wait at most `timeout_s` seconds for a signal since the last call; return whether one came."""
        limits_s = [limit_s for limit_s in (timeout_s, self._max_wait_s) if limit_s is not None]
        with suppress(TimeoutError):
            async with asyncio.timeout(min(limits_s, default=None)):
                await self._changed.wait()
        was_set = self._changed.is_set()
        self._changed.clear()
        return was_set


class QueueNotifier:
    """Sends and receives the signal.

    `notify` works at any time. Signals of other processes arrive only inside `async with`, which makes this process a
    listener.

    Args:
        folder: The folder of the listeners' sockets: the data folder's `.locks`.
        is_shared: Whether other machines may change the queue too.
    """

    def __init__(self, folder: Path, *, is_shared: bool = False) -> None:
        self._is_shared = is_shared
        self._folder = folder
        self._signals: WeakSet[QueueSignal] = WeakSet()
        self._path = folder / f"wake-{os.getpid()}-{uuid4().hex[:8]}.sock"
        self._socket: socket.socket | None = None

    async def __aenter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._socket = open_wake_socket()
        with open_wake_address(self._path) as address:
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

    def subscribe(self) -> QueueSignal:
        """Return a signal for one waiter, which gets every notification from now on."""
        signal = QueueSignal(SHARED_POLL_S if self._is_shared else None)
        self._signals.add(signal)
        return signal

    def notify(self) -> None:
        """Wake the waiters of this process and every other listener on the folder."""
        self._set_signals()
        others = [path for path in self._folder.glob(_SOCKET_PATTERN) if path != self._path]
        if not others:
            return
        # The change is already written: a process without a free descriptor must not fail because of the signal.
        with suppress(OSError), open_wake_socket() as sender:
            for path in others:
                send_wake_signal(sender, path)

    def _set_signals(self) -> None:
        for signal in tuple(self._signals):
            signal.set()

    def _receive(self) -> None:
        with suppress(BlockingIOError):
            while self._socket is not None and self._socket.recv(1):
                self._set_signals()
