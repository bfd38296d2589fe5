"""The datagram sockets through which the processes of one data folder wake each other: a file for each listener."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_MAX_ADDRESS_BYTES = 107
"""The largest length of a Unix socket's address on Linux."""


def open_wake_socket() -> socket.socket:
    """Return a datagram socket that never blocks."""
    opened = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    opened.setblocking(False)
    return opened


def send_wake_signal(sender: socket.socket, path: Path) -> None:
    """Send one byte to the socket at `path`; removes it if nobody listens there any more."""
    try:
        with open_wake_address(path) as address:
            sender.sendto(b"!", address)
    except BlockingIOError:
        # The listener's buffer is full of unread signals: it will wake.
        return
    except ConnectionRefusedError:
        # A killed process left its socket file behind.
        path.unlink(missing_ok=True)
    except OSError:
        # The socket is gone, or belongs to another user: the signal is lost, which is acceptable.
        return


@contextmanager
def open_wake_address(path: Path) -> Iterator[str]:
    """Yield a socket address for `path`; a path that is too long is reached through its folder's descriptor."""
    if len(os.fsencode(path)) <= _MAX_ADDRESS_BYTES:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_PATH | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)
