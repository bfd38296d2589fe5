"""The sources of addresses for a host name: the operator's fixed addresses, and the system's name service.

`HostOverrides` correspond to curl's ``--connect-to``. TLS still verifies the host's own name, so a substitute server
needs a certificate that the engines trust.

`SystemResolver` is separate from `Resolver` so that tests can give the resolver's rules any answer. It has its own
threads because a stalled name server would otherwise block everything else that uses the loop's default executor.
"""

import asyncio
import socket
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final
from urllib.parse import urlsplit

import attrs


@attrs.frozen
class FixedAddress:
    """The address that replaces an overridden host.

    Attributes:
        address: The IP address; the address policy still applies to it.
        port: TCP port, which replaces the requested port.
    """

    address: IPv4Address | IPv6Address
    port: int

    @classmethod
    def parse(cls, text: str) -> "FixedAddress":
        """Parse ``ip:port`` or ``[ipv6]:port``.

        Raises:
            ValueError: The text is not an IP literal with a port.
        """
        parts = urlsplit(f"//{text}")
        if not parts.hostname or not parts.port or parts.netloc != text or parts.username is not None:
            raise ValueError(f"not an ip:port: {text!r}")
        return cls(ip_address(parts.hostname), parts.port)


class HostOverrides:
    """Finds a host's fixed address; the most specific rule applies.

    A key is a host name, or a ``.suffix`` that matches every name below it but not the bare domain itself.
    """

    def __init__(self, rules: Mapping[str, str]) -> None:
        """Parse the rules.

        Raises:
            ValueError: A value is not ``ip:port``, or a key is empty.
        """
        if not all(key.strip(".") for key in rules):
            raise ValueError("an override needs a host name or a .suffix")
        self._rules = {key.lower(): FixedAddress.parse(value) for key, value in rules.items()}

    def find(self, host: str) -> FixedAddress | None:
        """Return the fixed address of a lower-case host name, or None."""
        if host in self._rules:
            return self._rules[host]
        labels = host.split(".")
        suffixes = ("." + ".".join(labels[start:]) for start in range(1, len(labels)))
        return next((self._rules[suffix] for suffix in suffixes if suffix in self._rules), None)


Lookup = Callable[[str], Awaitable[tuple[str, ...]]]
"""Returns the IP literals of a host name, best first; raises OSError if there are none."""

_CACHE_S: Final = 30.0
_CACHE_SIZE: Final = 512
_THREADS: Final = 16


class SystemResolver:
    """Calls ``getaddrinfo`` and caches its answers: a fragmented video requests the same host hundreds of times."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="egress-lookup")
        self._cache: OrderedDict[str, tuple[float, tuple[str, ...]]] = OrderedDict()

    async def __call__(self, host: str) -> tuple[str, ...]:
        """Resolve a host name.

        Raises:
            OSError: The name has no address, or is no valid host name.
        """
        loop = asyncio.get_running_loop()
        expires, addresses = self._cache.get(host, (0.0, ()))
        if loop.time() < expires:
            return addresses
        addresses = await loop.run_in_executor(self._threads, _getaddrinfo, host)
        self._cache[host] = (loop.time() + _CACHE_S, addresses)
        if len(self._cache) > _CACHE_SIZE:
            self._cache.popitem(last=False)
        return addresses

    def close(self) -> None:
        """Shut the threads down without waiting; a thread that waits for a name server ends when the call returns."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _getaddrinfo(host: str) -> tuple[str, ...]:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except UnicodeError as exc:
        # An empty or overlong label raises UnicodeError before any name server is queried.
        raise OSError(f"not a host name: {host!r}") from exc
    return tuple(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))
