"""Fixtures: the media site, a real egress proxy that reaches loopback only, and requests whose reports are kept."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from ipaddress import ip_network
from pathlib import Path
from typing import Any, TypeVar

import attrs
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from boss_bot_core.egress import AddressPolicy, EgressProxy
from boss_bot_core.plugin import Described, DownloadOptions, DownloadRequest, HttpClient, Progress
from boss_bot_sandbox.site import RemoteSite

ResultT = TypeVar("ResultT")
MEGABYTE = 1_048_576


Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]
Serve = Callable[[Answer], Awaitable[str]]


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Return a function that starts a server with one handler for all paths, and returns its address."""
    servers: list[TestServer] = []

    async def start(answer: Answer) -> str:
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", answer)
        servers.append(TestServer(application))
        await servers[-1].start_server()
        return f"http://127.0.0.1:{servers[-1].port}"

    yield start
    for server in servers:
        await server.close()


@pytest.fixture
async def proxy(site: RemoteSite) -> AsyncIterator[EgressProxy]:
    site.reset()
    async with EgressProxy(AddressPolicy((ip_network("127.0.0.1/32"),)), site.host_overrides) as running:
        yield running


@attrs.frozen
class Attempt:
    """One attempt at a download, as a hook sees it.

    Attributes:
        request: The request.
        progress: Its reports of progress.
    """

    request: DownloadRequest
    progress: list[Progress]

    async def run(self, hook: Callable[[HttpClient], ResultT]) -> ResultT:
        """Run a blocking function of the client beside the proxy, and close the connections."""
        try:
            return await asyncio.to_thread(hook, self.request.http)
        finally:
            self.request.http.close()


MakeAttempt = Callable[..., Attempt]


@pytest.fixture
def make_attempt(proxy: EgressProxy, site: RemoteSite, tmp_path: Path) -> MakeAttempt:
    """Return a function that begins attempts, all in one folder; each takes changes of the request."""
    directory = tmp_path / "download"
    directory.mkdir()

    def make(**changes: object) -> Attempt:
        progress: list[Progress] = []

        def report(event: Progress | Described) -> None:
            assert isinstance(event, Progress)
            progress.append(event)

        fields: dict[str, Any] = {
            "url": "https://media.example.com/",
            "media_key": "test:1",
            "directory": directory,
            "options": DownloadOptions(),
            "max_file_size_bytes": 20 * MEGABYTE,
            "target_file_size_bytes": 20 * MEGABYTE,
            "proxy_url": proxy.open_lease("test").proxy_url,
            "ca_file": site.ca_file,
            "report": report,
        }
        return Attempt(DownloadRequest(**(fields | changes)), progress)

    return make


@pytest.fixture
def attempt(make_attempt: MakeAttempt) -> Attempt:
    return make_attempt()
