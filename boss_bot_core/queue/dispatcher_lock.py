"""Makes a data folder single-dispatcher: what is "running" at start then belongs to a dead process, without a lease.

The kernel holds the lock, so that it ends with its process, however that ends; what the file says is for people only.
"""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from boss_bot_core.domain.clock import utc_now
from boss_bot_core.queue.errors import DispatcherRunningError


class DispatcherLock:
    """The right to claim and recover, held inside `with`.

    Args:
        path: The lock file; its folder is made, and the file stays.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def __enter__(self) -> Self:
        """Take the lock.

        Raises:
            DispatcherRunningError: Another process has it.
        """
        self._path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as exc:
            holder = os.pread(descriptor, 100, 0).decode("utf-8", "replace").strip()
            os.close(descriptor)
            raise DispatcherRunningError(
                f"Another boss-bot ({holder or 'just starting'}) already works on this data folder; stop it first."
            ) from exc
        except BaseException:
            os.close(descriptor)
            raise
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"process {os.getpid()}, since {utc_now():%Y-%m-%d %H:%M:%S} UTC\n".encode(), 0)
        self._descriptor = descriptor
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._descriptor is not None:
            # Not by closing alone: a program that is being started at this moment still has a copy.
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)
            os.close(self._descriptor)
            self._descriptor = None
