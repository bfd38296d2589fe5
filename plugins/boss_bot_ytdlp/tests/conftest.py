"""Fixtures: the real engine in its own process, which reaches the loopback site through a real egress proxy."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import attrs
import imageio_ffmpeg
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from boss_bot_core.egress import AddressPolicy, EgressProxy, Lease
from boss_bot_core.routing.links import parse_link
from boss_bot_sandbox.site import RemoteSite, site_process
from boss_bot_ytdlp import plugin

MEGABYTE = 1_048_576
ENGINE_PROCESS = Path(__file__).with_name("engine_process.py")


@pytest.fixture(scope="session")
def shared_site(site_directory: Path) -> Iterator[RemoteSite]:
    with site_process(site_directory) as site:
        yield site


@pytest.fixture
def site(shared_site: RemoteSite) -> RemoteSite:
    shared_site.reset()
    return shared_site


@pytest.fixture
async def proxy(site: RemoteSite) -> AsyncIterator[EgressProxy]:
    # Only the site is allowed: the proxy refuses every other private address.
    policy = AddressPolicy((ip_network("127.0.0.1/32"),))
    async with EgressProxy(policy, site.host_overrides) as running:
        yield running


@attrs.frozen(kw_only=True)
class FetchOutcome:
    """The messages of the engine's process for one request, and the lease of the request."""

    messages: list[dict[str, Any]]
    lease: Lease

    def messages_of(self, kind: str) -> list[dict[str, Any]]:
        return [message for message in self.messages if message["kind"] == kind]

    @property
    def result(self) -> dict[str, Any]:
        assert self.messages_of("Result"), self.messages[-3:]
        return self.messages_of("Result")[0]

    @property
    def paths(self) -> list[Path]:
        return [Path(file["path"]) for file in self.result["files"]]

    @property
    def error(self) -> dict[str, Any]:
        assert self.messages_of("Error"), self.messages[-3:]
        return self.messages_of("Error")[0]


class EngineProcess:
    """The process of `engine_process.py`: reads a request as one line of JSON, and writes several lines."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        assert self._read_message()["kind"] == "Ready"

    def _read_message(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the engine's process ended"
        message: dict[str, Any] = json.loads(line)
        return message

    def run(self, values: dict[str, object]) -> list[dict[str, Any]]:
        """Run one request and return its messages; blocks."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(values) + "\n")
        self._process.stdin.flush()
        return list(iter(self._read_message, {"kind": "Done"}))


@pytest.fixture(scope="session")
def engine_process() -> Iterator[EngineProcess]:
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    command = [sys.executable, str(ENGINE_PROCESS)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment) as process:
        yield EngineProcess(process)
        assert process.stdin is not None
        process.stdin.close()


class Engine:
    """Runs downloads of one test: each has its own lease and its own fork of the engine's process."""

    def __init__(self, process: EngineProcess, proxy: EgressProxy, site: RemoteSite, folder: Path) -> None:
        self._process = process
        self._proxy = proxy
        self._site = site
        self.folder = folder

    async def fetch(self, url: str, *, byte_cap: int | None = None, **changes: object) -> FetchOutcome:
        """Match `url`, then run the download hook; `changes` replace fields of the request."""
        match = plugin.bossbot_match_url(parse_link(url))
        lease = self._proxy.open_lease("test", byte_cap=byte_cap)
        values: dict[str, object] = {
            "url": match.url,
            "media_key": match.media_key,
            "directory": str(self.folder),
            "options": {},
            "max_file_size_bytes": 50 * MEGABYTE,
            "target_file_size_bytes": 10 * MEGABYTE,
            "proxy_url": lease.proxy_url,
            "ca_file": str(self._site.ca_file),
            "cookies_file": None,
            "ffmpeg": imageio_ffmpeg.get_ffmpeg_exe(),
        }
        messages = await asyncio.to_thread(self._process.run, {**values, **changes})
        lease.close()
        outcome = FetchOutcome(messages=messages, lease=lease)
        assert not outcome.messages_of("Escape")
        # The lease's secret is part of the proxy's URL and must not appear in any message.
        assert str(urlsplit(lease.proxy_url).password) not in json.dumps(messages)
        return outcome


@pytest.fixture
def engine(engine_process: EngineProcess, proxy: EgressProxy, site: RemoteSite, tmp_path: Path) -> Engine:
    folder = tmp_path / "download"
    folder.mkdir()
    return Engine(engine_process, proxy, site, folder)


@attrs.frozen
class Pages:
    """A web server that belongs to the test: `answers` maps paths to its responses."""

    url: str
    answers: dict[str, Callable[[web.Request], web.Response]]

    def add_page(self, path: str, body: str) -> str:
        """Serve `body` as a page and return its address."""
        text = f"<!doctype html><title>A page</title>{body}"
        self.answers[path] = lambda _: web.Response(text=text, content_type="text/html")
        return f"{self.url}{path}"


@pytest.fixture
async def pages() -> AsyncIterator[Pages]:
    answers: dict[str, Callable[[web.Request], web.Response]] = {}

    async def answer(request: web.Request) -> web.Response:
        return answers[request.path](request)

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    async with TestServer(app) as server:
        yield Pages(f"http://127.0.0.1:{server.port}", answers)
