"""Connects to the checked addresses of a route, one after the other."""

import asyncio
from collections.abc import Callable
from itertools import zip_longest

from boss_bot_core.egress._http_reader import HttpReader
from boss_bot_core.egress.errors import UnreachableError
from boss_bot_core.egress.model import EgressLimits
from boss_bot_core.egress.resolver import ResolvedTarget


async def connect(route: ResolvedTarget, protocol: Callable[[], HttpReader], limits: EgressLimits) -> HttpReader:
    """Connect to the first address that accepts.

    Raises:
        UnreachableError: ``connect-timeout`` when the last address stayed silent, else ``connect-failed``.
    """
    loop = asyncio.get_running_loop()
    last: OSError | None = None
    for literal in _alternate_families(route.literals)[: limits.addresses_tried]:
        try:
            async with asyncio.timeout(limits.connect_timeout_s):
                _, reader = await loop.create_connection(protocol, literal, route.port)
        except OSError as exc:
            last = exc
        else:
            return reader
    code = "connect-timeout" if isinstance(last, TimeoutError) else "connect-failed"
    raise UnreachableError(code) from last


def _alternate_families(literals: tuple[str, ...]) -> list[str]:
    """Alternate the address families, the preferred one first: a machine may have only one of them that works."""
    is_v6 = [":" in literal for literal in literals]
    preferred = [literal for literal, v6 in zip(literals, is_v6, strict=True) if v6 == is_v6[0]]
    others = [literal for literal, v6 in zip(literals, is_v6, strict=True) if v6 != is_v6[0]]
    return [literal for pair in zip_longest(preferred, others) for literal in pair if literal is not None]
