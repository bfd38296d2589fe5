"""What the fixtures around the proxy are: their types, and the server that several tests download from."""

import asyncio
from collections.abc import Awaitable, Callable

from boss_bot_core.egress import Lease

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
Origin = Callable[[Handler], Awaitable[int]]
Raw = Callable[[bytes], Awaitable[bytes]]
Settled = Callable[[], Awaitable[None]]
Credential = Callable[[Lease], bytes]

BLOCK = bytes(64 * 1024)


async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send for ever, once something was said: a handler for `origin`."""
    await reader.read(1)
    while True:
        writer.write(BLOCK)
        await writer.drain()
