"""`SystemResolver`: looks host names up with the operating system, off the event loop, and caches the answers.

It is separate from `Resolver` so that tests can give the resolver's rules any answer. It has its own threads because a
stalled name server would otherwise block everything else that uses the loop's default executor.
"""

import asyncio
import socket
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

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
