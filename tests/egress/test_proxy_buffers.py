"""The buffer that all connections share: nobody gets another's bytes."""

import asyncio
from array import array

from boss_bot_core.egress import EgressProxy, Lease
from tests.egress.fixture_types import Credential, Origin


async def test_slow_readers_get_their_own_bytes_in_order(
    origin: Origin, proxy: EgressProxy, lease: Lease, credential: Credential
) -> None:
    """Parts of the buffer stay with slow connections, and must not be overwritten by the others' reads."""
    patterns = {mark: array("Q", range(mark << 32, (mark << 32) + 1_500_000)).tobytes() for mark in b"abc"}

    async def send(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(patterns[(await reader.read(1))[0]])
        await writer.drain()

    head = f"CONNECT 127.0.0.1:{await origin(send)} HTTP/1.1\r\nHost: a\r\n".encode() + credential(lease) + b"\r\n"
    streams = {mark: await asyncio.open_connection("127.0.0.1", proxy.port) for mark in patterns}
    for mark, (_, writer) in streams.items():
        writer.write(head + bytes([mark]))
    # Until the kernel's buffers are full, and the proxy could not send all that it had read.
    seen = -1
    while not 0 < lease.bytes_down == seen:
        seen = lease.bytes_down
        await asyncio.sleep(0.2)
    assert seen < sum(map(len, patterns.values()))
    for mark, (reader, writer) in streams.items():
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200 ")
        assert await reader.read() == patterns[mark]
        writer.close()
