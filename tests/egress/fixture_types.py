"""Types of the proxy fixtures, and a server handler that several tests share."""

import asyncio
from collections.abc import Awaitable, Callable

from boss_bot_core.egress import Lease

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
StartServer = Callable[[Handler], Awaitable[int]]
SendRaw = Callable[[bytes], Awaitable[bytes]]
WaitClosed = Callable[[], Awaitable[None]]
Authorize = Callable[[Lease], bytes]

BLOCK = bytes(64 * 1024)


async def send_endlessly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Wait for one byte, then send without end: a handler for `start_server`."""
    await reader.read(1)
    while True:
        writer.write(BLOCK)
        await writer.drain()
