"""Cuts a connection so that the other end notices: with a reset, not with an orderly end.

Apart because ``transport.abort()`` alone ends a connection like any other, and a worker that reads a body without a
length up to the end would take half a file for the whole.
"""

import asyncio
import contextlib
import socket
import struct
from typing import Final

_LINGER_ZERO: Final = struct.pack("ii", 1, 0)


def reset(transport: asyncio.Transport) -> None:
    """Drop what has not been sent yet, and close at once."""
    # A socket that is closed already has nothing to reset.
    with contextlib.suppress(OSError):
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_ZERO)
    transport.abort()
