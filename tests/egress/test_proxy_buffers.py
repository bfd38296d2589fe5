"""Buffers of the proxy: a slow reader gets only its own bytes, and a host that does not read pauses the upload."""

import asyncio
from array import array

from boss_bot_core.egress import EgressProxy, Lease
from tests.egress.fixture_types import Authorize, StartServer


async def test_slow_readers_get_their_own_bytes_in_order(
    start_server: StartServer, proxy: EgressProxy, lease: Lease, authorize: Authorize
) -> None:
    """Transports of slow connections keep parts of the buffer, which other reads must not overwrite."""
    patterns = {mark: array("Q", range(mark << 32, (mark << 32) + 1_500_000)).tobytes() for mark in b"abc"}

    async def send(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(patterns[(await reader.read(1))[0]])
        await writer.drain()

    head = f"CONNECT 127.0.0.1:{await start_server(send)} HTTP/1.1\r\nHost: a\r\n".encode() + authorize(lease) + b"\r\n"
    streams = {mark: await asyncio.open_connection("127.0.0.1", proxy.port) for mark in patterns}
    for mark, (_, writer) in streams.items():
        writer.write(head + bytes([mark]))
    # Wait until the kernel's buffers are full and the proxy cannot send everything that it has read.
    seen = -1
    while not 0 < lease.bytes_down == seen:
        seen = lease.bytes_down
        await asyncio.sleep(0.2)
    assert seen < sum(map(len, patterns.values()))
    for mark, (reader, writer) in streams.items():
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200 ")
        assert await reader.read() == patterns[mark]
        writer.close()


async def test_a_host_that_does_not_read_pauses_the_upload(
    proxy: EgressProxy, start_server: StartServer, lease: Lease, authorize: Authorize
) -> None:
    async def deaf(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(60)

    size = 60_000_000
    head = (
        f"POST http://127.0.0.1:{await start_server(deaf)}/ HTTP/1.1\r\nHost: a\r\nContent-Length: {size}\r\n".encode()
    )
    _, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    writer.write(head + authorize(lease) + b"\r\n" + bytes(size))
    seen = -1
    while not 0 < lease.bytes_up == seen:  # until every buffer on the way is full
        seen = lease.bytes_up
        await asyncio.sleep(0.2)
    assert 100_000 < seen < size // 2
    writer.transport.abort()
