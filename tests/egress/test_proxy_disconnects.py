"""Tests of how connections end: the proxy keeps no connection, whichever side closes or resets it."""

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
from tests.egress.fixture_types import BLOCK, Authorize, SendRaw, StartServer, WaitClosed, send_endlessly

Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]
OpenTunnel = Callable[..., Awaitable[Stream]]


async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()


def reset_connection(writer: asyncio.StreamWriter) -> None:
    """Close with a reset, as a killed process with unread data does."""
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


@pytest.fixture
def limits() -> EgressLimits:
    return EgressLimits(idle_timeout_s=0.4, half_closed_timeout_s=0.2, sweep_interval_s=0.05)


@pytest.fixture
def open_tunnel(proxy: EgressProxy, lease: Lease, authorize: Authorize) -> OpenTunnel:
    """Return a function that opens a tunnel to a port and sends the first byte through it."""

    async def connect(port: int, first: bytes = b"!") -> Stream:
        reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
        writer.write(f"CONNECT 127.0.0.1:{port} HTTP/1.1\r\nHost: a\r\n".encode() + authorize(lease) + b"\r\n" + first)
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200 ")
        return reader, writer

    return connect


@pytest.mark.usefixtures("no_leak")
async def test_a_worker_that_disconnects_within_a_body_leaves_no_connection(
    start_server: StartServer, open_tunnel: OpenTunnel
) -> None:
    port = await start_server(send_endlessly)
    for leave in (reset_connection, lambda writer: writer.transport.abort()):
        reader, writer = await open_tunnel(port)
        await reader.readexactly(1_000_000)
        leave(writer)


@pytest.mark.usefixtures("no_leak")
async def test_a_worker_that_disconnects_before_the_response_leaves_no_connection(
    proxy: EgressProxy, start_server: StartServer, lease: Lease, authorize: Authorize
) -> None:
    port = await start_server(silent)
    for data in (b"", b"POST"):
        _, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
        length = b"Content-Length: 9\r\n" if data else b""
        writer.write(b"POST http://127.0.0.1:%d/ HTTP/1.1\r\nHost: a\r\n%s" % (port, authorize(lease) + length))
        writer.write(b"\r\n" + data)
        for _ in range(100):
            if lease.bytes_up:
                break
            await asyncio.sleep(0.01)
        reset_connection(writer)


@pytest.mark.usefixtures("no_leak")
async def test_a_reset_by_the_host_is_passed_on_as_a_reset(start_server: StartServer, open_tunnel: OpenTunnel) -> None:
    async def resetting(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(BLOCK)
        await asyncio.sleep(0.05)
        reset_connection(writer)

    reader, writer = await open_tunnel(await start_server(resetting))
    with pytest.raises(ConnectionResetError):
        await reader.read()
    writer.close()


@pytest.mark.usefixtures("no_leak")
async def test_a_worker_that_does_not_read_pauses_the_host_and_is_aborted_in_the_end(
    start_server: StartServer, open_tunnel: OpenTunnel, lease: Lease
) -> None:
    # A stream stops reading by itself once its small buffer is full.
    _, writer = await open_tunnel(await start_server(send_endlessly))
    async with asyncio.timeout(20):
        while lease.connection_count:
            await asyncio.sleep(0.02)
    # The unread data is in the kernel's buffers, whose size is limited.
    assert lease.bytes_down < 20_000_000
    writer.transport.abort()


@pytest.mark.usefixtures("no_leak")
@pytest.mark.parametrize("finish", [False, True])
async def test_a_stalled_connection_is_aborted(
    *, finish: bool, start_server: StartServer, open_tunnel: OpenTunnel
) -> None:
    async def stalled(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        await asyncio.sleep(30)

    reader, writer = await open_tunnel(await start_server(stalled))
    if finish:
        writer.write_eof()
    with pytest.raises(ConnectionResetError):
        await asyncio.wait_for(reader.read(), 20)
    writer.close()


async def test_a_host_that_never_responds_is_reported_as_bad_gateway(
    start_server: StartServer, send_raw: SendRaw, lease: Lease, authorize: Authorize
) -> None:
    request = f"GET http://127.0.0.1:{await start_server(silent)}/ HTTP/1.1\r\nHost: a\r\n".encode() + authorize(lease)
    assert b"X-BossBot-Failure: response-timeout" in await send_raw(request + b"\r\n")


@pytest.mark.usefixtures("no_leak")
async def test_an_ended_connection_leaves_no_object_in_memory(
    start_server: StartServer, open_tunnel: OpenTunnel, wait_closed: WaitClosed
) -> None:
    port = await start_server(send_endlessly)
    for _ in range(20):
        reader, writer = await open_tunnel(port)
        await reader.readexactly(200_000)
        reset_connection(writer)
    await wait_closed()
    kinds = {Connection, Relay, RelayDirection, HttpReader, ConnectionFlow}

    def has_object() -> bool:
        gc.collect()
        return any(kind in kinds for kind in map(type, gc.get_objects()))

    # The loop holds a closed transport until its last callbacks have run.
    async with asyncio.timeout(10):
        while has_object():
            await asyncio.sleep(0.01)


@pytest.mark.usefixtures("no_leak")
async def test_a_host_that_closes_after_its_last_byte_truncates_nothing(
    start_server: StartServer, open_tunnel: OpenTunnel, caplog: pytest.LogCaptureFixture
) -> None:
    async def brief(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(bytes(2_000_000))
        await writer.drain()

    reader, writer = await open_tunnel(await start_server(brief))
    # The host's side answers data after its close with a reset, while the worker has not read everything yet.
    for _ in range(8):
        await asyncio.sleep(0.04)
        writer.write(b"anything more?")
    assert len(await reader.read()) == 2_000_000
    assert "socket.send() raised" not in caplog.text
    writer.close()
