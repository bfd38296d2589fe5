"""Resets a request's TCP connection, as a fault on purpose.

Clients handle a reset differently from an orderly close, so the servers of this package need a way to cause one.
"""

from __future__ import annotations

import struct
from socket import SO_LINGER, SOL_SOCKET
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiohttp import web

_NO_LINGERING = struct.pack("ii", 1, 0)


def reset_connection(request: web.BaseRequest) -> None:
    """Reset the connection of a request, so that its client reads "connection reset by peer".

    Does nothing when the connection is closed already.
    """
    transport = request.transport
    if transport is None:
        return
    connection = transport.get_extra_info("socket")
    if connection is not None:
        # With a linger time of zero seconds, closing sends RST instead of FIN.
        connection.setsockopt(SOL_SOCKET, SO_LINGER, _NO_LINGERING)
    transport.abort()
