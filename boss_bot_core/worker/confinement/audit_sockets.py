"""Audit rules for sockets: the proxy's port on loopback, the operator's services, and no name look-ups."""

import os
import socket
from collections.abc import Callable, Mapping
from ipaddress import ip_address
from typing import Any

from boss_bot_core.worker.confinement.grants import JobGrants

_LOOPBACK_HOSTS = ("127.0.0.1", "localhost")


class SocketRules:
    """Decides which addresses may be connected to.

    Args:
        grants: The proxy's port and the services that the job may use.
    """

    def __init__(self, grants: JobGrants) -> None:
        proxy = () if grants.proxy_port is None else ((host, grants.proxy_port) for host in _LOOPBACK_HOSTS)
        self._tcp_addresses = frozenset((*proxy, *grants.tcp_addresses))
        self._unix_sockets = frozenset(map(os.fspath, grants.unix_sockets))

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
        is_granted = address[:2] in self._tcp_addresses
        return None if is_granted and connecting.type == socket.SOCK_STREAM else f"connect to {address!r}"

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
