"""Connects to the checked addresses of a route, one after the other."""

import asyncio
from collections.abc import Callable

from boss_bot_core.worker.egress._message import MessageReader
from boss_bot_core.worker.egress.errors import UnreachableError
from boss_bot_core.worker.egress.limits import EgressLimits
from boss_bot_core.worker.egress.resolver import Route


async def dial(route: Route, protocol: Callable[[], MessageReader], limits: EgressLimits) -> MessageReader:
    """Connect to the first address that accepts.

    Raises:
        UnreachableError: ``connect-timeout`` when the last address stayed silent, else ``connect-failed``.
    """
    loop = asyncio.get_running_loop()
    last: OSError | None = None
    for literal in route.literals[: limits.addresses_tried]:
        try:
            async with asyncio.timeout(limits.connect_timeout_s):
                _, reader = await loop.create_connection(protocol, literal, route.port)
        except OSError as exc:
            last = exc
        else:
            return reader
    code = "connect-timeout" if isinstance(last, TimeoutError) else "connect-failed"
    raise UnreachableError(code) from last
