"""The lock that allows one dispatcher for each data folder.

With the lock, an item that is "running" at the start belongs to a dead process, so that items need no lease. The kernel
releases the lock when its process ends, in any way. The file's text is for people only.
"""

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from boss_bot_core.domain.clock import utc_now
from boss_bot_core.queue.errors import DispatcherRunningError


class DispatcherLock:
    """The right to claim and recover items, held inside `with`.

    Args:
        path: The lock file. Its folder is created, and the file is never deleted.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def __enter__(self) -> Self:
        """Take the lock.

        Raises:
            DispatcherRunningError: Another process holds the lock.
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
        # On a full or broken disk the text is missing, but the lock holds.
        with suppress(OSError):
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, f"process {os.getpid()}, since {utc_now():%Y-%m-%d %H:%M:%S} UTC\n".encode(), 0)
        self._descriptor = descriptor
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._descriptor is not None:
            # Closing alone is not enough: a child process that is being started still has a copy of the descriptor.
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)
            os.close(self._descriptor)
            self._descriptor = None
