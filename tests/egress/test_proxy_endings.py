"""How connections end: whoever leaves, and however, the proxy holds nothing afterwards."""

import asyncio
import gc
import socket
import struct
from collections.abc import Awaitable, Callable

import pytest

from boss_bot_core.egress import EgressLimits, EgressProxy, Lease
from boss_bot_core.egress._connection import Connection
from boss_bot_core.egress._http_reader import HttpReader
from boss_bot_core.egress._relay import Relay
from boss_bot_core.egress._relay_direction import RelayDirection
from boss_bot_core.egress.fair_queue import ConnectionFlow
from tests.egress.fixture_types import BLOCK, Credential, Origin, Raw, Settled, endless

Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Tunnel = Callable[..., Awaitable[Stream]]


async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()


def reset(writer: asyncio.StreamWriter) -> None:
    """Leave with a reset, as a killed process with unread data does."""
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


@pytest.fixture
def limits() -> EgressLimits:
    return EgressLimits(idle_timeout_s=0.4, half_closed_timeout_s=0.2, sweep_interval_s=0.05)


@pytest.fixture
def tunnel(proxy: EgressProxy, lease: Lease, credential: Credential) -> Tunnel:
    """Open a tunnel to a port and say something through it."""

    async def open_tunnel(port: int, first: bytes = b"!") -> Stream:
        reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
        writer.write(f"CONNECT 127.0.0.1:{port} HTTP/1.1\r\nHost: a\r\n".encode() + credential(lease) + b"\r\n" + first)
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200 ")
        return reader, writer

    return open_tunnel


@pytest.mark.usefixtures("no_leak")
async def test_a_worker_that_vanishes_mid_body_takes_its_connection_along(origin: Origin, tunnel: Tunnel) -> None:
    port = await origin(endless)
    for leave in (reset, lambda writer: writer.transport.abort()):
        reader, writer = await tunnel(port)
        await reader.readexactly(1_000_000)
        leave(writer)


@pytest.mark.usefixtures("no_leak")
async def test_a_worker_that_vanishes_before_the_answer_takes_its_connection_along(
    proxy: EgressProxy, origin: Origin, lease: Lease, credential: Credential
) -> None:
    port = await origin(silent)
    for data in (b"", b"POST"):
        _, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
        length = b"Content-Length: 9\r\n" if data else b""
        writer.write(b"POST http://127.0.0.1:%d/ HTTP/1.1\r\nHost: a\r\n%s" % (port, credential(lease) + length))
        writer.write(b"\r\n" + data)
        for _ in range(100):
            if lease.bytes_up:
                break
            await asyncio.sleep(0.01)
        reset(writer)


@pytest.mark.usefixtures("no_leak")
async def test_a_host_that_resets_is_reported_as_a_reset(origin: Origin, tunnel: Tunnel) -> None:
    async def resetting(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(BLOCK)
        await asyncio.sleep(0.05)
        reset(writer)

    reader, writer = await tunnel(await origin(resetting))
    with pytest.raises(ConnectionResetError):
        await reader.read()
    writer.close()


@pytest.mark.usefixtures("no_leak")
async def test_a_worker_that_does_not_read_stops_the_host_and_is_dropped_at_last(
    origin: Origin, tunnel: Tunnel, lease: Lease
) -> None:
    # A stream stops reading by itself once its small buffer is full.
    _, writer = await tunnel(await origin(endless))
    async with asyncio.timeout(20):
        while lease.connection_count:
            await asyncio.sleep(0.02)
    # What it did not read lies in the kernel's buffers, and stays bounded.
    assert lease.bytes_down < 20_000_000
    writer.transport.abort()


@pytest.mark.usefixtures("no_leak")
@pytest.mark.parametrize("finish", [False, True])
async def test_a_connection_on_which_nothing_moves_is_dropped(*, finish: bool, origin: Origin, tunnel: Tunnel) -> None:
    async def stalled(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        await asyncio.sleep(30)

    reader, writer = await tunnel(await origin(stalled))
    if finish:
        writer.write_eof()
    with pytest.raises(ConnectionResetError):
        await asyncio.wait_for(reader.read(), 20)
    writer.close()


async def test_a_host_that_never_answers_is_a_bad_gateway(
    origin: Origin, raw: Raw, lease: Lease, credential: Credential
) -> None:
    request = f"GET http://127.0.0.1:{await origin(silent)}/ HTTP/1.1\r\nHost: a\r\n".encode() + credential(lease)
    assert b"X-BossBot-Failure: response-timeout" in await raw(request + b"\r\n")


@pytest.mark.usefixtures("no_leak")
async def test_nothing_of_an_ended_connection_is_kept(origin: Origin, tunnel: Tunnel, settled: Settled) -> None:
    port = await origin(endless)
    for _ in range(20):
        reader, writer = await tunnel(port)
        await reader.readexactly(200_000)
        reset(writer)
    await settled()
    await asyncio.sleep(0.05)
    gc.collect()
    kinds = {Connection, Relay, RelayDirection, HttpReader, ConnectionFlow}
    assert [kind for kind in map(type, gc.get_objects()) if kind in kinds] == []


@pytest.mark.usefixtures("no_leak")
async def test_a_host_that_leaves_after_its_last_byte_cuts_nothing_off(
    origin: Origin, tunnel: Tunnel, caplog: pytest.LogCaptureFixture
) -> None:
    async def brief(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(bytes(2_000_000))
        await writer.drain()

    reader, writer = await tunnel(await origin(brief))
    # Whatever is said to a host that has left is answered with a reset, while the worker has not read everything yet.
    for _ in range(8):
        await asyncio.sleep(0.04)
        writer.write(b"anything more?")
    assert len(await reader.read()) == 2_000_000
    assert "socket.send() raised" not in caplog.text
    writer.close()
