"""Byte accounting of a relay: the shared read buffer, and one meter for each direction.

Downloaded bytes count towards the byte cap and the rates; uploaded bytes are only counted. All connections share one
buffer because a read and the write that follows it happen in one step of the event loop. If a transport keeps a part of
the buffer, the buffer must be replaced.
"""

from collections.abc import Callable
from typing import Final, Protocol

from boss_bot_core.egress._lease_state import LeaseState

BUFFER_SIZE_BYTES: Final = 256 * 1024


class SharedBuffer:
    """A read buffer of 256 KiB that all connections reuse."""

    def __init__(self) -> None:
        self._view = memoryview(bytearray(BUFFER_SIZE_BYTES))

    def get_view(self, size: int) -> memoryview:
        """Return a view of the buffer's first `size` bytes."""
        return self._view[:size]

    def replace(self) -> None:
        """Allocate a new buffer because a transport still holds the present one.

        From Python 3.12 on, a transport that could not send everything keeps a view instead of a copy.
        """
        self._view = memoryview(bytearray(BUFFER_SIZE_BYTES))


class ByteMeter(Protocol):
    """Counts and limits the bytes of one direction."""

    def max_read_bytes(self) -> int:
        """Return the largest size of the next read in bytes; at least 1."""

    def record_read(self, amount_bytes: int) -> bool:
        """Count a read; return False if its bytes must not be forwarded."""

    def charge(self, amount_bytes: int) -> bool:
        """Charge a read to the rate limits; return False if the next read has to wait."""

    def close(self) -> None:
        """Leave the queue of waiting connections."""


class DownloadMeter:
    """Meter of the direction from the host to the worker: byte cap and rate limits apply."""

    def __init__(self, state: LeaseState, on_granted: Callable[[], None]) -> None:
        self._state = state
        self._rate_limiter = state.rate_limiter
        self._flow = state.create_flow(on_granted)

    def max_read_bytes(self) -> int:
        allowed = self._state.max_read_bytes()
        ceiling = BUFFER_SIZE_BYTES if allowed is None else min(allowed, BUFFER_SIZE_BYTES)
        return self._rate_limiter.max_read_bytes(self._flow, ceiling)

    def record_read(self, amount_bytes: int) -> bool:
        return self._state.record_download(amount_bytes)

    def charge(self, amount_bytes: int) -> bool:
        return self._rate_limiter.charge(self._flow, amount_bytes)

    def close(self) -> None:
        self._rate_limiter.remove(self._flow)


class UploadMeter:
    """Meter of the direction from the worker to the host: bytes are counted and never limited."""

    def __init__(self, state: LeaseState) -> None:
        self._state = state

    def max_read_bytes(self) -> int:
        return BUFFER_SIZE_BYTES

    def record_read(self, amount_bytes: int) -> bool:
        self._state.record_upload(amount_bytes)
        return True

    def charge(self, amount_bytes: int) -> bool:
        return True

    def close(self) -> None:
        return None
