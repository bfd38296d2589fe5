"""The real engine in a process of its own, the real egress proxy in front of it, the loopback site behind that."""

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
def shared_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RemoteSite]:
    with site_process(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture
def site(shared_site: RemoteSite) -> RemoteSite:
    shared_site.reset()
    return shared_site


@pytest.fixture
async def proxy(site: RemoteSite) -> AsyncIterator[EgressProxy]:
    # The site alone is allowed: every other private address has to be refused.
    policy = AddressPolicy((ip_network("127.0.0.1/32"),))
    async with EgressProxy(policy, site.host_overrides) as running:
        yield running


@attrs.frozen(kw_only=True)
class Outcome:
    """What became of one request: the messages of the engine's process, and the lease it ran under."""

    messages: list[dict[str, Any]]
    lease: Lease

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [message for message in self.messages if message["kind"] == kind]

    @property
    def result(self) -> dict[str, Any]:
        assert self.of("Result"), self.messages[-3:]
        return self.of("Result")[0]

    @property
    def paths(self) -> list[Path]:
        return [Path(file["path"]) for file in self.result["files"]]

    @property
    def error(self) -> dict[str, Any]:
        assert self.of("Error"), self.messages[-3:]
        return self.of("Error")[0]


class EngineProcess:
    """The process of `engine_process.py`: one line of JSON in, several out."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        assert self._next()["kind"] == "Ready"

    def _next(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the engine's process ended"
        message: dict[str, Any] = json.loads(line)
        return message

    def ask(self, values: dict[str, object]) -> list[dict[str, Any]]:
        """Run one request to its end; blocks."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(values) + "\n")
        self._process.stdin.flush()
        return list(iter(self._next, {"kind": "Done"}))


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
    """Fetches for one test: a lease, a folder, and a fork of the engine's process."""

    def __init__(self, process: EngineProcess, proxy: EgressProxy, site: RemoteSite, folder: Path) -> None:
        self._process = process
        self._proxy = proxy
        self._site = site
        self.folder = folder

    async def fetch(self, url: str, *, byte_cap: int | None = None, **changes: object) -> Outcome:
        """Match `url`, then run the download hook; `changes` replace fields of the request."""
        match = plugin.bossbot_match_url(parse_link(url))
        lease = self._proxy.lease("test", byte_cap=byte_cap)
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
        messages = await asyncio.to_thread(self._process.ask, {**values, **changes})
        lease.close()
        outcome = Outcome(messages=messages, lease=lease)
        assert not outcome.of("Escape")
        # The lease's secret stands in the proxy's URL and must come back in nothing.
        assert str(urlsplit(lease.proxy_url).password) not in json.dumps(messages)
        return outcome


@pytest.fixture
def engine(engine_process: EngineProcess, proxy: EgressProxy, site: RemoteSite, tmp_path: Path) -> Engine:
    folder = tmp_path / "download"
    folder.mkdir()
    return Engine(engine_process, proxy, site, folder)


@attrs.frozen
class Pages:
    """A web server of the test's own: it answers what was put into `answers`, by path."""

    url: str
    answers: dict[str, Callable[[web.Request], web.Response]]

    def html(self, path: str, body: str) -> str:
        """Serve `body` as a page; return its address."""
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
