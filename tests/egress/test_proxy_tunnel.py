"""Tests of CONNECT: the data that a tunnel relays, and the responses to refused requests."""

import asyncio
import socket
from ipaddress import IPv4Network, IPv6Network
from urllib.parse import urlsplit

import pytest
import requests
from loguru import logger

from boss_bot_core.egress import AddressPolicy, BlockedRequest, EgressLimits, EgressProxy, Lease
from tests.egress.fixture_types import Authorize, SendRaw, StartServer

LOOPBACK = AddressPolicy((IPv4Network("127.0.0.0/8"),))


def build_connect_request(authority: str, credential: bytes = b"") -> bytes:
    return b"CONNECT %s HTTP/1.1\r\nHost: %s\r\n%s\r\n" % (authority.encode(), authority.encode(), credential)


def fetch(url: str, proxy_url: str, ca_file: str) -> bytes:
    with requests.Session() as session:
        session.trust_env = False
        return session.get(url, proxies={"all": proxy_url}, verify=ca_file, timeout=20).content


async def answer_in_capitals(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer the whole input in capitals once the client has finished sending."""
    writer.write((await reader.read()).upper())
    await writer.drain()


async def test_tls_passes_through_the_tunnel_and_its_bytes_are_counted(
    tls_site: str, lease: Lease, ca_file: str, blob: bytes
) -> None:
    assert await asyncio.to_thread(fetch, f"{tls_site}/blob", lease.proxy_url, ca_file) == blob
    assert len(blob) < lease.bytes_down < len(blob) * 1.02
    assert 100 < lease.bytes_up < 5_000
    assert lease.first_request_at is not None
    assert lease.first_request_at <= lease.last_activity_at
    assert lease.blocked == []


async def test_an_overridden_host_is_connected_to_at_its_fixed_address(
    tls_site: str, ca_file: str, blob: bytes
) -> None:
    overrides = {".x.com": f"127.0.0.1:{urlsplit(tls_site).port}"}
    async with EgressProxy(LOOPBACK, overrides) as proxy:
        lease = proxy.open_lease("override")
        assert await asyncio.to_thread(fetch, "https://video.x.com/blob", lease.proxy_url, ca_file) == blob


async def test_data_after_the_connect_request_and_a_half_close_are_relayed(
    start_server: StartServer, lease: Lease, proxy: EgressProxy, authorize: Authorize
) -> None:
    port = await start_server(answer_in_capitals)
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    writer.write(build_connect_request(f"127.0.0.1:{port}", authorize(lease)) + b"early ")
    assert await reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 200 Connection established\r\n\r\n"
    writer.write(b"late")
    writer.write_eof()
    assert await reader.read() == b"EARLY LATE"
    writer.close()
    assert (lease.bytes_up, lease.bytes_down) == (10, 10)


@pytest.mark.parametrize(
    ("authority", "reason"),
    [
        ("10.0.0.1:443", "private"),
        ("[::1]:443", "loopback"),
        ("169.254.169.254:80", "link-local"),
        ("1.1.1.1:25", "port"),
        ("2130706433:80", "ambiguous-address"),
        ("[64:ff9b::a00:1]:80", "nat64"),
    ],
)
async def test_a_refusal_has_its_reason_in_the_status_line_and_header_and_record(
    authority: str, reason: str, send_raw: SendRaw, lease: Lease, authorize: Authorize, proxy: EgressProxy
) -> None:
    answer = await send_raw(build_connect_request(authority, authorize(lease)))
    head = answer.decode().split("\r\n")
    assert head[0] == f"HTTP/1.1 403 Forbidden ({reason})"
    assert f"X-BossBot-Refused: {reason}" in head
    host, _, port = authority.rpartition(":")
    assert lease.blocked == [BlockedRequest(host.strip("[]"), int(port), reason)]
    assert proxy.metrics.refused == 1


async def test_the_requests_library_shows_the_reason_of_a_refusal(lease: Lease, ca_file: str) -> None:
    with pytest.raises(requests.exceptions.ProxyError, match=r"403 Forbidden \(private\)"):
        await asyncio.to_thread(fetch, "https://10.0.0.1/", lease.proxy_url, ca_file)


async def test_an_unreachable_host_is_reported_with_the_kind_of_failure(
    send_raw: SendRaw, lease: Lease, authorize: Authorize, proxy: EgressProxy
) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        failed = await send_raw(build_connect_request(f"127.0.0.1:{closed.getsockname()[1]}", authorize(lease)))
    assert b"502 Bad Gateway (connect-failed)\r\nX-BossBot-Failure: connect-failed\r\n" in failed
    unresolvable = await send_raw(build_connect_request("no-such-host.invalid:443", authorize(lease)))
    assert b"X-BossBot-Failure: unresolvable\r\n" in unresolvable
    assert proxy.metrics.unreachable == 2
    assert lease.blocked == []


async def test_an_address_that_does_not_answer_times_out(authorize: Authorize) -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        name = full.getsockname()
        # Two connections fill the backlog; Linux then ignores further attempts.
        with socket.create_connection(name), socket.socket() as second:
            second.setblocking(False)
            second.connect_ex(name)
            async with EgressProxy(LOOPBACK, limits=EgressLimits(connect_timeout_s=0.2)) as proxy:
                reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
                writer.write(build_connect_request(f"127.0.0.1:{name[1]}", authorize(proxy.open_lease("silent"))))
                assert b"X-BossBot-Failure: connect-timeout\r\n" in await reader.read()
                writer.close()


async def test_each_connection_resolves_once_and_connects_to_the_checked_address(
    start_server: StartServer, authorize: Authorize
) -> None:
    """A name that resolves to a public address first and to a private one later (DNS rebinding) is refused then."""
    port = await start_server(answer_in_capitals)
    answers = [("127.0.0.9", "127.0.0.1"), ("127.0.0.1", "10.0.0.1")]

    async def rebinding(host: str) -> tuple[str, ...]:
        return answers.pop(0)

    async with EgressProxy(LOOPBACK, lookup=rebinding) as proxy:
        lease = proxy.open_lease("rebinding")
        for expected in (b"HTTP/1.1 200 ", b"HTTP/1.1 403 "):
            reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
            writer.write(build_connect_request(f"rebinding.example:{port}", authorize(lease)))
            writer.write_eof()
            assert (await reader.read()).startswith(expected)
            writer.close()
        assert [attempt.reason for attempt in lease.blocked] == ["private"]
    assert answers == []


async def test_both_address_families_are_tried(start_server: StartServer, authorize: Authorize) -> None:
    port = await start_server(answer_in_capitals)
    policy = AddressPolicy((IPv4Network("127.0.0.0/8"), IPv6Network("100::/64")))

    async def many(host: str) -> tuple[str, ...]:
        return ("100::1", "100::2", "100::3", "100::4", "100::5", "127.0.0.1")

    async with EgressProxy(policy, lookup=many, limits=EgressLimits(connect_timeout_s=0.5)) as proxy:
        reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
        writer.write(build_connect_request(f"many.example:{port}", authorize(proxy.open_lease("many"))) + b"hello")
        writer.write_eof()
        assert (await reader.read()).endswith(b"\r\n\r\nHELLO")
        writer.close()


async def test_slow_lookups_of_one_lease_do_not_delay_another_lease(
    start_server: StartServer, authorize: Authorize
) -> None:
    port = await start_server(answer_in_capitals)
    asked: list[str] = []

    async def resolve(host: str) -> tuple[str, ...]:
        asked.append(host)
        await asyncio.sleep(60 if host == "slow.example" else 0)
        return ("127.0.0.1",)

    async with EgressProxy(LOOPBACK, lookup=resolve) as proxy:
        slow, quick = proxy.open_lease("slow"), proxy.open_lease("quick")
        writers = []
        for host, lease in [("slow.example", slow)] * 10 + [("quick.example", quick)]:
            reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
            writer.write(build_connect_request(f"{host}:{port}", authorize(lease)))
            writer.write_eof()
            writers.append(writer)
        assert (await asyncio.wait_for(reader.read(), 5)).startswith(b"HTTP/1.1 200 ")
        assert asked.count("slow.example") == 4
        slow.close()
        for writer in writers:
            writer.close()


async def test_a_bug_in_a_lookup_ends_one_connection_and_is_logged(authorize: Authorize) -> None:
    async def broken(host: str) -> tuple[str, ...]:
        raise RuntimeError("a bug")

    lines: list[str] = []
    sink = logger.add(lines.append, format="{extra} {message} {exception}")
    try:
        async with EgressProxy(LOOPBACK, lookup=broken) as proxy:
            reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
            writer.write(build_connect_request("site.example:443", authorize(proxy.open_lease("bug"))))
            assert await reader.read() == b""
            assert proxy.connection_count == 0
            writer.close()
    finally:
        logger.remove(sink)
    assert any("egress.bug" in line and "RuntimeError: a bug" in line for line in lines)


async def test_a_half_closed_connection_to_a_silent_host_is_aborted(
    start_server: StartServer, authorize: Authorize
) -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(30)

    port = await start_server(silent)
    limits = EgressLimits(half_closed_timeout_s=0.1, sweep_interval_s=0.05)
    async with EgressProxy(LOOPBACK, limits=limits) as proxy:
        reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
        writer.write(build_connect_request(f"127.0.0.1:{port}", authorize(proxy.open_lease("half"))))
        writer.write_eof()
        with pytest.raises(ConnectionResetError):
            await asyncio.wait_for(reader.read(), 20)
        writer.close()
