"""Tests of invalid, unauthenticated and excessive requests: the proxy responds, keeps running and reveals no secret."""

import asyncio
import random

import pytest
from loguru import logger

from boss_bot_core.egress import EgressLimits, EgressProxy, Lease
from tests.egress.fixture_types import Authorize, SendRaw


@pytest.fixture
def limits() -> EgressLimits:
    return EgressLimits(head_timeout_s=0.3, head_bytes=4096)


@pytest.mark.usefixtures("no_leak")
@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(600), b"400"),
        (b"\x05\x01\x00", b"400"),
        (b"\r\n\r\n\x00\xff\xfe\r\n\r\n", b"400"),
        (b"GET http://" + b"a" * 8_000, b"431"),
        (b"GET http://a/ HTTP/1.1\r\n" + b"X: y\r\n" * 1_000, b"431"),
        (b"GET http://a/ HTTP/1.1\r\nHost: a\r\n", b"408"),
        (b"GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", b"407"),
        (b"CONNECT a:443 HTTP/1.1\r\nHost: a\r\nProxy-Authorization: Basic !!\r\n\r\n", b"407"),
        (b"CONNECT a:443 HTTP/1.1\r\nHost: a\r\nProxy-Authorization: Basic \xff\r\n\r\n", b"407"),
        (b"CONNECT a:443 HTTP/1.1\r\nHost: a\r\nProxy-Authorization: Basic bGVhc2U6\r\n\r\n", b"407"),
        (b"CONNECT a:443 HTTP/1.1\r\nHost: a\r\nProxy-Authorization: Digest x\r\n\r\n", b"407"),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"407"),
    ],
)
async def test_invalid_and_unauthenticated_requests_get_an_error_response(
    data: bytes, status: bytes, send_raw: SendRaw
) -> None:
    assert (await send_raw(data)).startswith(b"HTTP/1.1 " + status)


@pytest.mark.usefixtures("no_leak")
async def test_a_corrupted_request_with_a_valid_credential_gets_a_response_or_a_close(
    proxy: EgressProxy, lease: Lease, authorize: Authorize
) -> None:
    dice = random.Random(20)
    head = b"POST http://127.0.0.1:9/x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
    template = head + authorize(lease) + b"\r\nhello"

    async def attempt() -> None:
        data = bytearray(template)
        for _ in range(dice.randrange(1, 6)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
        writer.write(bytes(data[: dice.randrange(1, len(data) + 1)]))
        if dice.random() < 0.5:
            writer.write_eof()
        assert (await reader.read())[:9] in {b"HTTP/1.1 ", b""}
        writer.close()

    for _ in range(10):
        await asyncio.gather(*(attempt() for _ in range(20)))


async def test_the_credential_is_never_logged_or_shown_in_a_representation(
    proxy: EgressProxy, lease: Lease, send_raw: SendRaw, authorize: Authorize
) -> None:
    lines: list[str] = []
    sink = logger.add(lines.append, level=0, format="{message} {extra}", backtrace=True, diagnose=True)
    try:
        for target in (b"10.0.0.1:443", b"no-such-host.invalid:443", b"x"):
            await send_raw(b"CONNECT %s HTTP/1.1\r\nHost: a\r\n%s\r\n" % (target, authorize(lease)))
    finally:
        logger.remove(sink)
    secret = lease.proxy_url.split(":")[2].split("@")[0]
    assert any("egress.refused" in line and "10.0.0.1:443" in line for line in lines)
    assert secret not in "".join(lines) + repr(lease) + repr(vars(proxy))


async def test_the_record_of_refused_requests_is_limited(lease: Lease, send_raw: SendRaw, authorize: Authorize) -> None:
    for _ in range(5):
        request = b"CONNECT 10.0.0.1:443 HTTP/1.1\r\nHost: a\r\n" + authorize(lease) + b"\r\n"
        await asyncio.gather(*(send_raw(request) for _ in range(20)))
    assert len(lease.blocked) == 64
