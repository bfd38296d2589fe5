"""Cutting TCP connections the hard way.

Gateway and REST share it: an orderly end is a different fault, which clients handle differently.
"""

from __future__ import annotations

import struct
from socket import SO_LINGER, SOL_SOCKET
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiohttp import web

_NO_LINGERING = struct.pack("ii", 1, 0)


def reset_connection(request: web.BaseRequest) -> None:
    """Cut a request's connection so that its client reads "connection reset by peer"."""
    transport = request.transport
    if transport is None:
        return
    peer = transport.get_extra_info("socket")
    if peer is not None:
        # Without lingering, closing sends RST instead of an orderly end.
        peer.setsockopt(SOL_SOCKET, SO_LINGER, _NO_LINGERING)
    transport.abort()
