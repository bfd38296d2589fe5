"""The lock that allows one clean-up at a time in a data folder, of whichever process."""

import asyncio
import fcntl
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from boss_bot_core.errors import BossBotError
from boss_bot_core.storage import StorageLayout

_LOCK_NAME = "cleanup.lock"
_RETRY_S = 0.05


class CleanupRunningError(BossBotError):
    """Another process cleans up the same folders."""


@asynccontextmanager
async def hold_cleanup_lock(layout: StorageLayout, *, patience_s: float = 0.0) -> AsyncIterator[None]:
    """Hold the lock; the kernel releases it when the process ends, in any way.

    Args:
        layout: The folders.
        patience_s: How long to wait for another holder, seconds.

    Raises:
        CleanupRunningError: Another clean-up still holds the lock.
    """
    give_up_at = time.monotonic() + patience_s
    descriptor = os.open(layout.locks / _LOCK_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= give_up_at:
                    raise CleanupRunningError("Another clean-up is under way; try again in a moment.") from None
            await asyncio.sleep(_RETRY_S)
        yield
    finally:
        # A child process that is being started may still have a copy of the descriptor.
        fcntl.flock(descriptor, fcntl.LOCK_UN)
        os.close(descriptor)
