"""Audit rules for sockets: one TCP port on loopback, the named Unix sockets, and no name look-ups."""

import os
import socket
from collections.abc import Callable, Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Any

_LOOPBACK_HOSTS = ("127.0.0.1", "localhost")


class SocketRules:
    """Decides which addresses may be connected to.

    Args:
        proxy_port: The only allowed TCP port, or None.
        unix_sockets: The allowed sockets of local services.
    """

    def __init__(self, proxy_port: int | None, unix_sockets: tuple[Path, ...]) -> None:
        self._proxy_port = proxy_port
        self._unix_sockets = frozenset(map(os.fspath, unix_sockets))

    def build_event_rules(self) -> Mapping[str, Callable[[tuple[Any, ...]], str | None]]:
        """Build the rules by the name of the audit event that each one checks."""
        return {
            "socket.connect": self._check_connect,
            "socket.bind": self._refuse_bind,
            "socket.sendto": self._check_send,
            "socket.sendmsg": self._check_send,
            "socket.getaddrinfo": self._check_lookup,
            "socket.gethostbyname": self._check_lookup,
            "socket.gethostbyaddr": self._check_lookup,
        }

    def _check_connect(self, arguments: tuple[Any, ...]) -> str | None:
        connecting, address = arguments
        if connecting.family == socket.AF_UNIX:
            return None if os.fsdecode(address) in self._unix_sockets else f"connect to {address!r}"
        is_proxy = address[0] in _LOOPBACK_HOSTS and address[1] == self._proxy_port
        return None if is_proxy and connecting.type == socket.SOCK_STREAM else f"connect to {address!r}"

    def _refuse_bind(self, arguments: tuple[Any, ...]) -> str | None:
        return f"listen on {arguments[1]!r}"

    def _check_send(self, arguments: tuple[Any, ...]) -> str | None:
        return None if arguments[1] is None else f"send to {arguments[1]!r}"

    def _check_lookup(self, arguments: tuple[Any, ...]) -> str | None:
        host = arguments[0]
        return None if host is None or host in _LOOPBACK_HOSTS or _is_ip_literal(host) else f"look up {host!r}"


def _is_ip_literal(host: object) -> bool:
    try:
        ip_address(host.decode("ascii", "replace") if isinstance(host, bytes) else str(host))
    except ValueError:
        return False
    return True
