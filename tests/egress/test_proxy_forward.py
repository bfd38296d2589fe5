"""Tests of plain HTTP forwarding: one exchange per connection, and no request hidden in another."""

import asyncio
import json
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import pytest
import requests

from boss_bot_core.egress import EgressProxy, Lease
from tests.egress.fixture_types import Authorize, Handler, SendRaw, StartServer, WaitClosed

SendRequest = Callable[..., Awaitable[requests.Response]]


@pytest.fixture
async def send_request(lease: Lease) -> AsyncIterator[SendRequest]:
    """Return a function that sends a request with the ``requests`` library through the proxy."""
    with requests.Session() as session:
        session.trust_env = False
        session.proxies = {"all": lease.proxy_url}

        async def run(method: str, url: str, data: bytes | Iterator[bytes] | None = None) -> requests.Response:
            return await asyncio.to_thread(session.request, method, url, timeout=20, data=data)

        yield run


def build_responder(answer: bytes, *, resets: Lease | None = None) -> tuple[asyncio.Queue[bytes], Handler]:
    """Build a server handler that sends `answer`; return it with a queue of the received head and rest.

    Args:
        answer: What the server sends.
        resets: The lease whose connection the server resets as soon as the proxy has read the answer.
    """
    seen: asyncio.Queue[bytes] = asyncio.Queue()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.put_nowait(await reader.readuntil(b"\r\n\r\n"))
        writer.write(answer)
        await writer.drain()
        if resets is not None:
            while resets.bytes_down < len(answer):  # a reset discards what the proxy has not read
                await asyncio.sleep(0.01)
            linger = struct.pack("ii", 1, 0)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        else:
            writer.write_eof()
            seen.put_nowait(await reader.read())

    return seen, handle


async def test_response_bodies_of_every_framing_arrive(send_request: SendRequest, site: str, blob: bytes) -> None:
    for path in ("/blob", "/chunked", "/blob"):
        assert (await send_request("GET", site + path)).content == blob
    head = await send_request("HEAD", f"{site}/blob")
    assert (head.content, head.headers["Content-Length"]) == (b"", str(len(blob)))


async def test_sized_and_chunked_uploads_arrive(
    send_request: SendRequest, site: str, blob: bytes, lease: Lease
) -> None:
    sized = await send_request("POST", f"{site}/echo?a=b%20c", data=blob)
    assert (sized.json()["size"], sized.json()["path"]) == (len(blob), "/echo?a=b%20c")
    pieces = (blob[start : start + 70_000] for start in range(0, len(blob), 70_000))
    assert (await send_request("PUT", f"{site}/echo", data=pieces)).json()["size"] == len(blob)
    assert lease.bytes_up > 2 * len(blob)


async def test_hop_by_hop_headers_are_removed(send_raw: SendRaw, site: str, lease: Lease, authorize: Authorize) -> None:
    authority = site.removeprefix("http://")
    answer = await send_raw(
        f"GET {site}/echo HTTP/1.1\r\nHost: elsewhere.example\r\nX-Case: Kept\r\nX-Listed: no\r\nKeep-Alive: 5\r\n"
        "Proxy-Connection: keep-alive\r\nConnection: keep-alive, X-Listed\r\nTE: trailers\r\n".encode()
        + authorize(lease)
        + b"\r\n"
    )
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"\r\nConnection: close" in head
    assert sorted(json.loads(body)["headers"]) == [["Connection", "close"], ["Host", authority], ["X-Case", "Kept"]]


async def test_a_pipelined_second_request_is_not_forwarded(
    send_raw: SendRaw, start_server: StartServer, lease: Lease, authorize: Authorize
) -> None:
    seen, handler = build_responder(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
    port = await start_server(handler)
    request = f"GET http://127.0.0.1:{port}/1 HTTP/1.1\r\nHost: a\r\n".encode() + authorize(lease) + b"\r\n"
    answer = await send_raw(request + request.replace(b"/1", b"/2") * 3)
    assert answer == b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"
    assert await seen.get() == f"GET /1 HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode()
    assert await seen.get() == b""


async def test_a_second_request_after_the_response_is_not_forwarded(
    proxy: EgressProxy, send_raw: SendRaw, site: str, start_server: StartServer, lease: Lease, authorize: Authorize
) -> None:
    later: asyncio.Queue[bytes] = asyncio.Queue()

    async def patient(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        try:
            later.put_nowait(await reader.read(100))
        except ConnectionResetError:
            later.put_nowait(b"")

    port = await start_server(patient)
    request = f"GET http://127.0.0.1:{port}/ HTTP/1.1\r\nHost: a\r\n".encode() + authorize(lease) + b"\r\n"
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    writer.write(request)
    assert (await reader.readuntil(b"ok")).startswith(b"HTTP/1.1 200 ")
    writer.write(request)
    # The answer to a third request, on another connection, comes after all that the proxy does with the second one.
    third = f"GET {site}/echo HTTP/1.1\r\nHost: a\r\n".encode() + authorize(lease) + b"\r\n"
    assert (await send_raw(third)).startswith(b"HTTP/1.1 200 ")
    lease.close()
    with pytest.raises(ConnectionResetError):
        await reader.read()
    writer.close()
    assert await later.get() == b""


async def test_framing_headers_listed_in_the_connection_header_are_kept(
    send_raw: SendRaw, site: str, lease: Lease, authorize: Authorize
) -> None:
    for framing, body in [
        (b"Content-Length: 5", b"hello"),
        (b"Transfer-Encoding: chunked", b"5\r\nhello\r\n0\r\n\r\n"),
    ]:
        listed = b"Connection: %s\r\n%s\r\n" % (framing.partition(b":")[0], framing)
        head = f"POST {site}/echo HTTP/1.1\r\nHost: a\r\n".encode() + authorize(lease) + listed
        assert b'"size": 5' in await send_raw(head + b"\r\n" + body)


async def test_a_worker_that_disconnects_before_the_response_is_noticed_at_once(
    proxy: EgressProxy, start_server: StartServer, lease: Lease, authorize: Authorize, wait_closed: WaitClosed
) -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    port = await start_server(silent)
    _, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    writer.write(f"GET http://127.0.0.1:{port}/ HTTP/1.1\r\nHost: a\r\n".encode() + authorize(lease) + b"\r\n")
    while not lease.bytes_up:  # bytes that were sent to the host
        await asyncio.sleep(0.01)
    writer.transport.abort()
    await wait_closed()


@pytest.mark.parametrize(
    ("line", "headers", "status"),
    [
        ("GET http://127.0.0.1:9/ HTTP/1.1", "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", 400),
        ("GET http://127.0.0.1:9/ HTTP/1.1", "Content-Length: 3\r\nContent-Length: 4\r\n", 400),
        ("GET http://127.0.0.1:9/ HTTP/1.1", "Transfer-Encoding: gzip, chunked\r\n", 501),
        ("GET http://127.0.0.1:9/ HTTP/1.1", "X : y\r\n", 400),
        ("GET https://127.0.0.1:9/ HTTP/1.1", "", 400),
        ("GET ftp://127.0.0.1:9/ HTTP/1.1", "", 400),
        ("GET / HTTP/1.1", "", 400),
        ("GET http://127.0.0.1:9/ HTTP/1.0", "", 505),
        ("CONNECT 127.0.0.1 HTTP/1.1", "", 400),
        ("CONNECT http://127.0.0.1:9/ HTTP/1.1", "", 400),
    ],
)
async def test_an_ambiguous_request_is_rejected(
    line: str, headers: str, status: int, send_raw: SendRaw, lease: Lease, authorize: Authorize
) -> None:
    answer = await send_raw(f"{line}\r\nHost: a\r\n{headers}".encode() + authorize(lease) + b"\r\n")
    assert answer.startswith(f"HTTP/1.1 {status} ".encode())


async def test_a_host_cannot_forge_headers_of_the_proxy(send_request: SendRequest, start_server: StartServer) -> None:
    _, handler = build_responder(
        b"HTTP/1.1 407 Sure\r\nX-BossBot-Refused: byte-cap\r\nProxy-Authenticate: Basic\r\nKeep-Alive: 1\r\n"
        b"Connection: X-Private\r\nX-Private: 1\r\nX-Public: 2\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n"
        b"\r\n2\r\nok\r\n0\r\n\r\n"
    )
    response = await send_request("GET", f"http://127.0.0.1:{await start_server(handler)}/")
    assert dict(response.headers) == {"X-Public": "2", "Transfer-Encoding": "chunked", "Connection": "close"}
    assert (response.status_code, response.reason, response.content) == (407, "Sure", b"ok")


async def test_a_body_without_length_ends_with_the_close(send_request: SendRequest, start_server: StartServer) -> None:
    _, handler = build_responder(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.0 200 OK\r\n\r\nto the end")
    assert (await send_request("GET", f"http://127.0.0.1:{await start_server(handler)}/")).content == b"to the end"


async def test_a_truncated_body_never_looks_complete(
    send_request: SendRequest, start_server: StartServer, lease: Lease
) -> None:
    _, handler = build_responder(b"HTTP/1.1 200 OK\r\n\r\nonly a part", resets=lease)
    with pytest.raises(requests.RequestException):
        await send_request("GET", f"http://127.0.0.1:{await start_server(handler)}/")


@pytest.mark.parametrize("answer", [b"", b"SSH-2.0-OpenSSH_9.6\r\n\r\n", b"HTTP/1.1 200", b"HTTP/1.1 101 Up\r\n\r\n"])
async def test_a_host_that_does_not_respond_in_http_is_reported_as_bad_gateway(
    send_request: SendRequest, start_server: StartServer, answer: bytes
) -> None:
    _, handler = build_responder(answer)
    response = await send_request("GET", f"http://127.0.0.1:{await start_server(handler)}/")
    assert (response.status_code, response.headers["X-BossBot-Failure"]) == (502, "bad-response")


async def test_a_redirect_to_a_private_address_is_refused(send_request: SendRequest, site: str, lease: Lease) -> None:
    response = await send_request("GET", f"{site}/outside")
    assert (response.status_code, response.headers["X-BossBot-Refused"]) == (403, "private")
    assert [(attempt.host, attempt.port) for attempt in lease.blocked] == [("10.0.0.1", 80)]
