"""A CONNECT proxy on loopback, and a TLS front that makes the local Discord an HTTPS server of any name."""

import asyncio
import base64
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import attrs
import trustme
import yarl

from boss_bot_sandbox.discord import LocalDiscord

API, GATEWAY = "discord.test", "gateway.discord.test"
_LOOPBACK = "127.0.0.1"


@attrs.define
class ConnectProxy:
    """A running proxy, which connects every name to the local Discord.

    Attributes:
        port: Its port.
        tls_port: The port of the TLS front.
        ca_file: The authority of the front's certificate.
        credentials: The user and the password that it wants, as in an address; None for no credentials.
        status: The status with which it refuses every request; None serves them.
        targets: The targets of the CONNECT requests that it served.
    """

    port: int
    tls_port: int
    ca_file: Path
    credentials: str | None = None
    status: int | None = None
    targets: list[str] = attrs.field(factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one client."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode().splitlines()
        method, target, _ = head[0].split()
        assert method == "CONNECT", head[0]
        status = 407 if not self._accepts(head) else self.status or 200
        writer.write(f"HTTP/1.1 {status} Answer\r\n\r\n".encode())
        if status != 200:
            writer.close()
            return
        self.targets.append(target)
        await relay(reader, writer, self.tls_port)

    def _accepts(self, head: list[str]) -> bool:
        if self.credentials is None:
            return True
        wanted = base64.b64encode(self.credentials.encode()).decode()
        return f"proxy-authorization: basic {wanted}".lower() in [line.lower() for line in head]


async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int) -> None:
    """Copy in both directions between a client and a port until both have ended."""
    upstream_reader, upstream_writer = await asyncio.open_connection(_LOOPBACK, port)

    async def copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        try:
            while data := await source.read(65_536):
                target.write(data)
                await target.drain()
        except ConnectionError:
            pass
        finally:
            target.close()

    await asyncio.gather(copy(reader, upstream_writer), copy(upstream_reader, writer))


@asynccontextmanager
async def connect_proxy(server: LocalDiscord, folder: Path) -> AsyncIterator[ConnectProxy]:
    """Run the proxy and the TLS front during the block."""
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(API, GATEWAY).configure_cert(context)
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    plain_port = yarl.URL(server.rest_url).port
    assert plain_port is not None

    async def serve_front(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await relay(reader, writer, plain_port)

    async def serve_proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await proxy.serve(reader, writer)

    async with (
        await asyncio.start_server(serve_front, _LOOPBACK, 0, ssl=context) as front,
        await asyncio.start_server(serve_proxy, _LOOPBACK, 0) as listener,
    ):
        ports = [one.sockets[0].getsockname()[1] for one in (listener, front)]
        proxy = ConnectProxy(ports[0], ports[1], folder / "ca.pem")
        yield proxy
