"""The one buffer that every connection reads into.

Apart from the relay because its rule is easy to break: a read and the write that follows it happen in one step of the
event loop, so one buffer serves all connections, unless a transport has kept a part of it.

What each direction of a relay costs: downwards the cap and the throttle, upwards only a counter.
"""

from collections.abc import Callable
from typing import Final, Protocol

from boss_bot_core.egress._lease_state import LeaseState

BUFFER_SIZE_BYTES: Final = 256 * 1024


class SharedBuffer:
    """A reusable read buffer of 256 KiB."""

    def __init__(self) -> None:
        self._view = memoryview(bytearray(BUFFER_SIZE_BYTES))

    def get_view(self, size: int) -> memoryview:
        """The first bytes of the buffer."""
        return self._view[:size]

    def replace(self) -> None:
        """Leave the buffer to a transport that could not send all of it: from Python 3.12 on it keeps a view."""
        self._view = memoryview(bytearray(BUFFER_SIZE_BYTES))


class ByteMeter(Protocol):
    """The price of one direction."""

    def max_read_bytes(self) -> int:
        """How many bytes the next read may bring; at least 1."""

    def record_read(self, amount_bytes: int) -> bool:
        """Note a read; False when it must not be passed on."""

    def charge(self, amount_bytes: int) -> bool:
        """Pay for a read; False when reading has to wait."""

    def close(self) -> None:
        """Give up a place in the queue."""


class DownloadMeter:
    """From the host to the worker."""

    def __init__(self, state: LeaseState, on_granted: Callable[[], None]) -> None:
        self._state = state
        self._rate_limiter = state.rate_limiter
        self._flow = state.create_flow(on_granted)

    def max_read_bytes(self) -> int:
        headroom = self._state.max_read_bytes()
        return self._rate_limiter.max_read_bytes(
            self._flow, BUFFER_SIZE_BYTES if headroom is None else min(headroom, BUFFER_SIZE_BYTES)
        )

    def record_read(self, amount_bytes: int) -> bool:
        return self._state.record_download(amount_bytes)

    def charge(self, amount_bytes: int) -> bool:
        return self._rate_limiter.charge(self._flow, amount_bytes)

    def close(self) -> None:
        self._rate_limiter.remove(self._flow)


class UploadMeter:
    """From the worker to the host."""

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
