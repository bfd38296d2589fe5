"""Fixtures: the site, a client that reaches it under every public name, and the real engines with a CONNECT proxy."""

import asyncio
import functools
import json
import os
import ssl
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import attrs
import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from boss_bot_sandbox.site import MediaSite
from boss_bot_sandbox.site.media.ffmpeg import ffmpeg_executable


def overridden(overrides: dict[str, str], host: str) -> str | None:
    """Return ``127.0.0.1:port`` for a public name, with the lookup rules of the bot's proxy."""
    parent = f".{host.partition('.')[2]}"
    while parent != ".":
        if target := overrides.get(host) or overrides.get(parent):
            return target
        parent = f".{parent[1:].partition('.')[2]}"
    return None


class LoopbackResolver(AbstractResolver):
    def __init__(self, overrides: dict[str, str]) -> None:
        self._overrides = overrides

    async def resolve(self, host: str, port: int = 0, family: int = 0) -> list[ResolveResult]:
        target = overridden(self._overrides, host)
        if target is None:
            raise OSError(f"{host} is not one of the site's names")
        address, _, number = target.rpartition(":")
        return [ResolveResult(hostname=host, host=address, port=int(number), family=2, proto=0, flags=0)]

    async def close(self) -> None:
        pass


@pytest.fixture
async def site(site_directory: Path) -> AsyncIterator[MediaSite]:
    async with MediaSite.start(site_directory) as running:
        yield running


@pytest.fixture
async def client(site: MediaSite) -> AsyncIterator[aiohttp.ClientSession]:
    connector = aiohttp.TCPConnector(
        resolver=LoopbackResolver(site.host_overrides), ssl=ssl.create_default_context(cafile=site.ca_file)
    )
    async with aiohttp.ClientSession(connector=connector, auto_decompress=False) as session:
        yield session


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()


@asynccontextmanager
async def connect_proxy(overrides: dict[str, str]) -> AsyncIterator[str]:
    """Run a proxy that tunnels CONNECT requests for the site's names to the site and refuses all others."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        method, target, _ = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split(" ", 2)
        there = overridden(overrides, target.rpartition(":")[0]) if method == "CONNECT" else None
        if there is None:
            writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            await writer.drain()
            writer.close()
            return
        address, _, port = there.rpartition(":")
        remote_reader, remote_writer = await asyncio.open_connection(address, int(port))
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await asyncio.gather(_pump(reader, remote_writer), _pump(remote_reader, writer))

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


@attrs.frozen
class EngineRun:
    status: int
    output: str
    files: list[Path]


Engine = Callable[..., Awaitable[EngineRun]]
GALLERY_DL = (
    "gallery_dl --config-ignore -d . -o cache.file=:memory: -o ratelimit=abort -o retries=1 -o timeout=5 "
    "-o sleep-request=0 -o quoted=true"
)
YT_DLP = (
    "yt_dlp --ignore-config --no-cache-dir --compat-options no-certifi --socket-timeout 5 --retries 1 "
    "--extractor-retries 1"
)


@pytest.fixture
def run(site: MediaSite, tmp_path: Path) -> Engine:
    """Run the command line of a Python module in a separate folder, with the site's certificate authority trusted."""

    async def run_module(*arguments: str) -> EngineRun:
        folder = tmp_path / "engine"
        folder.mkdir(exist_ok=True)
        trust = {"REQUESTS_CA_BUNDLE": str(site.ca_file), "SSL_CERT_FILE": str(site.ca_file)}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", *arguments),
            cwd=folder,
            env={"PATH": os.defpath, **trust},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        output, _ = await process.communicate()
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return EngineRun(process.returncode or 0, output.decode(errors="replace"), files)

    return run_module


@pytest.fixture
async def proxy(site: MediaSite) -> AsyncIterator[str]:
    async with connect_proxy(site.host_overrides) as url:
        yield url


@pytest.fixture
def gallery_dl(run: Engine, proxy: str) -> Engine:
    raw = json.dumps({"compat_opts": ["no-certifi"], "ffmpeg_location": ffmpeg_executable()})
    options = (*GALLERY_DL.split(), "-o", f"proxy={proxy}", "-o", f"downloader.ytdl.raw-options={raw}")
    return functools.partial(run, *options)


@pytest.fixture
def yt_dlp(run: Engine, proxy: str) -> Engine:
    return functools.partial(run, *YT_DLP.split(), "--proxy", proxy, "--ffmpeg-location", ffmpeg_executable())
