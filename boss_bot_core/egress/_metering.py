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

    def view(self, size: int) -> memoryview:
        """The first bytes of the buffer."""
        return self._view[:size]

    def renew(self) -> None:
        """Leave the buffer to a transport that could not send all of it: from Python 3.12 on it keeps a view."""
        self._view = memoryview(bytearray(BUFFER_SIZE_BYTES))


class ByteMeter(Protocol):
    """The price of one direction."""

    def room(self) -> int:
        """How many bytes the next read may bring; at least 1."""

    def count(self, amount: int) -> bool:
        """Note a read; False when it must not be passed on."""

    def spend(self, amount: int) -> bool:
        """Pay for a read; False when reading has to wait."""

    def close(self) -> None:
        """Give up a place in the queue."""


class DownloadMeter:
    """From the host to the worker."""

    def __init__(self, state: LeaseState, on_credit: Callable[[], None]) -> None:
        self._state = state
        self._rate_limiter = state.rate_limiter
        self._flow = state.flow(on_credit)

    def room(self) -> int:
        headroom = self._state.headroom()
        return self._rate_limiter.room(
            self._flow, BUFFER_SIZE_BYTES if headroom is None else min(headroom, BUFFER_SIZE_BYTES)
        )

    def count(self, amount: int) -> bool:
        return self._state.count_down(amount)

    def spend(self, amount: int) -> bool:
        return self._rate_limiter.spend(self._flow, amount)

    def close(self) -> None:
        self._rate_limiter.forget(self._flow)


class UploadMeter:
    """From the worker to the host."""

    def __init__(self, state: LeaseState) -> None:
        self._state = state

    def room(self) -> int:
        return BUFFER_SIZE_BYTES

    def count(self, amount: int) -> bool:
        self._state.count_up(amount)
        return True

    def spend(self, amount: int) -> bool:
        return True

    def close(self) -> None:
        return None
