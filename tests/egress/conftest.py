"""Fixtures: a proxy that may reach loopback, servers to reach through it, and a client that sends arbitrary bytes."""

import asyncio
import base64
import os
import ssl
import subprocess
from collections.abc import AsyncIterator
from ipaddress import IPv4Network
from pathlib import Path
from urllib.parse import urlsplit

import imageio_ffmpeg
import pytest
import trustme
from aiohttp import web

from boss_bot_core.egress import AddressPolicy, EgressLimits, EgressProxy, Lease
from tests.egress.fixture_types import Authorize, Handler, SendRaw, StartServer, WaitClosed


@pytest.fixture(scope="session")
def blob() -> bytes:
    """Five million random bytes, which cannot be compressed."""
    return os.urandom(5_000_000)


@pytest.fixture
async def loop_errors() -> AsyncIterator[list[object]]:
    """The errors that reached the event loop's exception handler; the test fails if there is any."""
    errors: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: errors.append(context))
    yield errors
    assert errors == []


@pytest.fixture
def limits() -> EgressLimits:
    """The proxy's limits; a test module overrides this for shorter times."""
    return EgressLimits()


@pytest.fixture
async def proxy(limits: EgressLimits, loop_errors: list[object]) -> AsyncIterator[EgressProxy]:
    """A proxy that may reach 127.0.0.0/8."""
    async with EgressProxy(AddressPolicy((IPv4Network("127.0.0.0/8"),)), limits=limits) as opened:
        yield opened


@pytest.fixture
def lease(proxy: EgressProxy) -> Lease:
    """An unlimited lease."""
    return proxy.open_lease("test")


@pytest.fixture
def wait_closed(proxy: EgressProxy) -> WaitClosed:
    """Return a function that waits until the proxy has no open connection."""

    async def wait() -> None:
        for _ in range(1_000):
            if not proxy.connection_count:
                return
            await asyncio.sleep(0.01)
        pytest.fail(f"{proxy.connection_count} connections are still open")

    return wait


@pytest.fixture
def authorize() -> Authorize:
    """Return a function that formats the Proxy-Authorization header line of a lease."""

    def line(lease: Lease) -> bytes:
        parts = urlsplit(lease.proxy_url)
        return (
            b"Proxy-Authorization: Basic " + base64.b64encode(f"{parts.username}:{parts.password}".encode()) + b"\r\n"
        )

    return line


@pytest.fixture
def send_raw(proxy: EgressProxy) -> SendRaw:
    """Return a function that sends bytes to the proxy and returns its whole answer."""

    async def send(data: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
        try:
            writer.write(data)
            async with asyncio.timeout(10):
                return await reader.read()
        finally:
            writer.close()

    return send


@pytest.fixture
async def start_server() -> AsyncIterator[StartServer]:
    """Return a function that starts a server with a handler and returns the server's port."""
    servers: list[asyncio.Server] = []
    writers: list[asyncio.StreamWriter] = []

    async def start(handler: Handler) -> int:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writers.append(writer)
            try:
                await handler(reader, writer)
            except ConnectionError:
                return
            finally:
                writer.close()

        servers.append(await asyncio.start_server(serve, "127.0.0.1", 0))
        return int(servers[-1].sockets[0].getsockname()[1])

    yield start
    # A failed test leaves connections open, and from Python 3.12 on closing the server would wait for them.
    for writer in writers:
        writer.transport.abort()
    for server in servers:
        server.close()
        await server.wait_closed()


def _open_files() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


@pytest.fixture(scope="session")
def video() -> bytes:
    """One second of video with ten frames, as a streamable MP4 file."""
    encode = "-v error -f lavfi -i testsrc2=size=320x240:rate=10:duration=1 -movflags frag_keyframe+empty_moov -f mp4 -"
    command = [imageio_ffmpeg.get_ffmpeg_exe(), *encode.split()]
    return subprocess.run(command, check=True, capture_output=True).stdout


def _build_application(blob: bytes, video: bytes) -> web.Application:
    async def echo(request: web.Request) -> web.Response:
        headers = [[name, value] for name, value in request.headers.items()]
        return web.json_response({"headers": headers, "size": len(await request.read()), "path": request.raw_path})

    async def chunked(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        response.enable_chunked_encoding()
        await response.prepare(request)
        for start in range(0, len(blob), 100_000):
            await response.write(blob[start : start + 100_000])
        return response

    async def content(request: web.Request) -> web.Response:
        return web.Response(body=blob, content_type="application/octet-stream")

    async def clip(request: web.Request) -> web.Response:
        return web.Response(body=video, content_type="video/mp4")

    async def outside(request: web.Request) -> web.Response:
        raise web.HTTPFound("http://10.0.0.1/metadata")

    application = web.Application(client_max_size=2**30)
    application.add_routes([web.get("/blob", content), web.get("/chunked", chunked), web.get("/outside", outside)])
    application.router.add_get("/video.mp4", clip)
    application.router.add_route("*", "/echo", echo)
    return application


async def _serve(application: web.Application, tls: ssl.SSLContext | None) -> AsyncIterator[int]:
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls)
    await site.start()
    yield int(runner.addresses[0][1])
    await runner.cleanup()


@pytest.fixture
async def site(blob: bytes, video: bytes) -> AsyncIterator[str]:
    """The base URL of a plain HTTP site."""
    async for port in _serve(_build_application(blob, video), None):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="session")
def certificate_authority() -> trustme.CA:
    """The certificate authority of the HTTPS site."""
    return trustme.CA()


@pytest.fixture
def ca_file(certificate_authority: trustme.CA, tmp_path: Path) -> str:
    """A file with the certificate of the certificate authority."""
    path = tmp_path / "ca.pem"
    certificate_authority.cert_pem.write_to_path(str(path))
    return str(path)


@pytest.fixture
async def tls_site(blob: bytes, video: bytes, certificate_authority: trustme.CA) -> AsyncIterator[str]:
    """The base URL of an HTTPS site whose certificate also names video.x.com."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    certificate_authority.issue_cert("127.0.0.1", "video.x.com").configure_cert(context)
    async for port in _serve(_build_application(blob, video), context):
        yield f"https://127.0.0.1:{port}"


@pytest.fixture
async def no_leak(proxy: EgressProxy, wait_closed: WaitClosed) -> AsyncIterator[None]:
    """Check that the test leaves no proxy connection and no additional open file."""
    before = _open_files()
    yield
    await wait_closed()
    for _ in range(100):
        if _open_files() <= before:
            return
        await asyncio.sleep(0.02)
    pytest.fail("sockets are left open")
