"""A connection to clamd with one deadline for all that is sent and received."""

import select
import socket
import time
from typing import Self

from boss_bot_core.plugin import ServiceAddress

_MAX_REPLY_BYTES = 4_096


class Connection:
    """An open connection; a context manager.

    Every operation raises an OSError when it fails, and a TimeoutError after the deadline.

    Args:
        address: Where clamd listens.
        timeout_s: Seconds until the deadline of everything that is done with the connection.
    """

    def __init__(self, address: ServiceAddress, timeout_s: float) -> None:
        self._deadline = time.monotonic() + timeout_s
        family = socket.AF_UNIX if address.path else socket.AF_INET6 if ":" in address.host else socket.AF_INET
        self._socket = socket.socket(family, socket.SOCK_STREAM)
        try:
            self._set_timeout()
            self._socket.connect(str(address.path) if address.path else (address.host, address.port))
        except BaseException:
            self._socket.close()
            raise

    def __enter__(self) -> Self:
        """Return the connection."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connection."""
        self._socket.close()

    def send(self, content: bytes) -> None:
        """Send all of `content`."""
        self._set_timeout()
        self._socket.sendall(content)

    @property
    def has_reply(self) -> bool:
        """Whether clamd has answered, or closed the connection."""
        return bool(select.select([self._socket], [], [], 0)[0])

    def read_reply(self) -> str:
        """Return the reply, which clamd ends with a zero byte; what there is of it if clamd closes the connection."""
        reply = b""
        while not reply.endswith(b"\0") and len(reply) < _MAX_REPLY_BYTES:
            self._set_timeout()
            received = self._socket.recv(_MAX_REPLY_BYTES)
            if not received:
                break
            reply += received
        return reply.rstrip(b"\0").decode("utf-8", "replace").strip()

    def _set_timeout(self) -> None:
        left_s = self._deadline - time.monotonic()
        if left_s <= 0:
            raise TimeoutError
        self._socket.settimeout(left_s)
