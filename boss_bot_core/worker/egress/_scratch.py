"""The one buffer that every connection reads into.

Apart from the relay because its rule is easy to break: a read and the write that follows it happen in one step of the
event loop, so one buffer serves all connections, unless a transport has kept a part of it.
"""

from typing import Final

SIZE: Final = 256 * 1024


class Scratch:
    """A reusable read buffer of 256 KiB."""

    def __init__(self) -> None:
        self._view = memoryview(bytearray(SIZE))

    def view(self, size: int) -> memoryview:
        """The first bytes of the buffer."""
        return self._view[:size]

    def renew(self) -> None:
        """Leave the buffer to a transport that could not send all of it: from Python 3.12 on it keeps a view."""
        self._view = memoryview(bytearray(SIZE))
