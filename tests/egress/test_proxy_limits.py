"""Tests of leases: byte caps, rates, connection limits and closing."""

import asyncio
import time
from collections.abc import Callable, Coroutine

import pytest

from boss_bot_core.egress import EgressLimits, EgressProxy, Lease
from tests.egress.fixture_types import Authorize, SendRaw, StartServer, WaitClosed, send_endlessly

Download = Callable[..., Coroutine[None, None, int]]


@pytest.fixture
def limits() -> EgressLimits:
    return EgressLimits(connections_per_lease=4, connections_total=6)


@pytest.fixture
def download(proxy: EgressProxy, authorize: Authorize) -> Download:
    """Return a function that reads from a server through a tunnel for some seconds and returns the received bytes."""

    async def run(lease: Lease, port: int, seconds: float = 10.0) -> int:
        reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port, limit=2**18)
        writer.write(f"CONNECT 127.0.0.1:{port} HTTP/1.1\r\nHost: a\r\n".encode() + authorize(lease) + b"\r\n!")
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200 ")
        count = 0
        try:
            async with asyncio.timeout(seconds):
                while data := await reader.read(2**18):
                    count += len(data)
        except (TimeoutError, ConnectionError):
            pass
        writer.transport.abort()
        return count

    return run


async def wait_for_bytes(lease: Lease, amount: int) -> None:
    """Wait until the lease has downloaded `amount` bytes."""
    for _ in range(1_000):
        if lease.bytes_down >= amount:
            return
        await asyncio.sleep(0.01)
    pytest.fail(f"only {lease.bytes_down} bytes came down")


async def measure_rate_bps(lease: Lease, seconds: float) -> float:
    """Return the download rate in bytes per second of the time that the sleep really took, also on a busy machine."""
    start, before = time.monotonic(), lease.bytes_down
    await asyncio.sleep(seconds)
    return (lease.bytes_down - before) / (time.monotonic() - start)


def build_get_request(port: int, credential: bytes) -> bytes:
    return f"GET http://127.0.0.1:{port}/ HTTP/1.1\r\nHost: a\r\n".encode() + credential + b"\r\n"


async def test_the_byte_cap_aborts_every_connection_and_refuses_new_ones(
    proxy: EgressProxy,
    start_server: StartServer,
    download: Download,
    send_raw: SendRaw,
    authorize: Authorize,
    wait_closed: WaitClosed,
) -> None:
    port = await start_server(send_endlessly)
    capped, other = proxy.open_lease("capped", byte_cap=3_000_000), proxy.open_lease("other")
    bystander = asyncio.create_task(download(other, port))
    received = await asyncio.gather(*(download(capped, port) for _ in range(3)))
    assert capped.is_capped
    assert 3_000_000 < capped.bytes_down <= 3_200_000
    assert sum(received) <= capped.bytes_down
    assert b"403 Forbidden (byte-cap)\r\nX-BossBot-Refused: byte-cap\r\n" in await send_raw(
        build_get_request(port, authorize(capped))
    )
    assert [attempt.reason for attempt in capped.blocked] == ["byte-cap"]
    assert proxy.metrics.capped_leases == 1
    await wait_for_bytes(other, other.bytes_down + 3_000_000)
    assert not other.is_capped
    other.close()
    await bystander
    await wait_closed()


async def test_a_download_of_exactly_the_cap_is_complete(
    proxy: EgressProxy, start_server: StartServer, download: Download
) -> None:
    async def exact(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(bytes(1_000_000))
        await writer.drain()

    lease = proxy.open_lease("exact", byte_cap=1_000_000)
    assert await download(lease, await start_server(exact)) == 1_000_000
    assert not lease.is_capped


async def test_a_cap_that_can_be_extended_is_a_limit_when_it_cannot_any_more(
    proxy: EgressProxy, start_server: StartServer, download: Download
) -> None:
    lease = proxy.open_lease(
        "growing", byte_cap=500_000, extend_cap=lambda received: min(received + 400_000, 2_000_000)
    )
    assert await download(lease, await start_server(send_endlessly)) <= 2_000_001
    assert lease.is_capped
    assert lease.bytes_down == 2_000_001


async def test_the_byte_cap_applies_while_a_response_head_is_awaited(
    proxy: EgressProxy, start_server: StartServer, send_raw: SendRaw, authorize: Authorize, wait_closed: WaitClosed
) -> None:
    lease = proxy.open_lease("head", byte_cap=1_000)
    with pytest.raises(ConnectionResetError):
        await send_raw(build_get_request(await start_server(send_endlessly), authorize(lease)))
    assert lease.is_capped
    assert lease.bytes_down <= 20_000
    await wait_closed()


async def test_a_lease_keeps_its_rate_and_a_new_rate_applies_at_once(
    proxy: EgressProxy, start_server: StartServer, download: Download
) -> None:
    port = await start_server(send_endlessly)
    lease = proxy.open_lease("slow", rate_bps=200_000)
    task = asyncio.create_task(download(lease, port))
    slow = await measure_rate_bps(lease, 1.0)
    lease.set_rate(2_000_000)
    fast = await measure_rate_bps(lease, 1.0)
    lease.set_rate(None)
    unlimited = await measure_rate_bps(lease, 0.5)
    lease.set_rate(100_000)
    slow_again = await measure_rate_bps(lease, 0.5)
    lease.close()
    await task
    assert 150_000 < slow < 260_000
    assert 1_500_000 < fast < 2_600_000
    assert unlimited > 5_000_000
    assert slow_again < 200_000


async def test_the_global_rate_is_shared_between_leases_not_between_connections(
    proxy: EgressProxy, start_server: StartServer, download: Download
) -> None:
    port = await start_server(send_endlessly)
    proxy.set_global_rate(2_000_000)
    greedy, modest = proxy.open_lease("greedy"), proxy.open_lease("modest")
    start = time.monotonic()
    await asyncio.gather(*(download(greedy, port, 1.5) for _ in range(4)), download(modest, port, 1.5))
    seconds = time.monotonic() - start
    assert greedy.bytes_down + modest.bytes_down < 2_000_000 * (seconds + 0.3)
    assert greedy.bytes_down + modest.bytes_down > 2_000_000 * 0.8 * seconds
    assert 0.75 < greedy.bytes_down / modest.bytes_down < 1.33


async def test_too_many_connections_of_one_lease_are_refused(
    proxy: EgressProxy,
    start_server: StartServer,
    download: Download,
    send_raw: SendRaw,
    authorize: Authorize,
    lease: Lease,
) -> None:
    port = await start_server(send_endlessly)
    lease.set_rate(1_000)
    tasks = [asyncio.create_task(download(lease, port)) for _ in range(4)]
    await wait_for_bytes(lease, 4_000)
    assert lease.connection_count == 4
    assert b"503 Service Unavailable (connections)\r\n" in await send_raw(build_get_request(port, authorize(lease)))
    lease.close()
    await asyncio.gather(*tasks)
    assert lease.connection_count == 0
    assert not lease._state.share.waiting


async def test_connections_beyond_the_total_limit_are_aborted(proxy: EgressProxy, wait_closed: WaitClosed) -> None:
    opened = [await asyncio.open_connection("127.0.0.1", proxy.port) for _ in range(6)]
    reader, late = await asyncio.open_connection("127.0.0.1", proxy.port)
    opened.append((reader, late))
    assert await reader.read() == b""
    assert proxy.connection_count == 6
    for _, writer in opened:
        writer.close()
    await wait_closed()


async def test_the_credential_of_a_closed_lease_is_refused(
    proxy: EgressProxy,
    start_server: StartServer,
    download: Download,
    send_raw: SendRaw,
    authorize: Authorize,
    wait_closed: WaitClosed,
) -> None:
    port = await start_server(send_endlessly)
    lease = proxy.open_lease("closed")
    task = asyncio.create_task(download(lease, port))
    await wait_for_bytes(lease, 1_000_000)
    lease.close()
    await asyncio.wait_for(task, 20)
    await wait_closed()
    assert (await send_raw(build_get_request(port, authorize(lease)))).startswith(b"HTTP/1.1 407 ")
    lease.close()
    assert proxy.metrics.unauthorized == 1


async def test_closing_the_proxy_ends_every_download(
    start_server: StartServer, proxy: EgressProxy, download: Download
) -> None:
    lease = proxy.open_lease("open")
    task = asyncio.create_task(download(lease, await start_server(send_endlessly)))
    await wait_for_bytes(lease, 1)
    await proxy.__aexit__(None, None, None)
    await asyncio.wait_for(task, 20)
    assert (lease.connection_count, proxy.connection_count) == (0, 0)
    with pytest.raises(ConnectionError):
        await asyncio.open_connection("127.0.0.1", proxy.port)
