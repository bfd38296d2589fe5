"""The real engine in a process of its own, the real egress proxy in front of it, the loopback site behind that."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Iterator
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import attrs
import imageio_ffmpeg
import pytest

from boss_bot_core.worker.egress import AddressPolicy, EgressProxy, Lease
from boss_bot_sandbox.site import RemoteSite, site_process

MEGABYTE = 1_048_576
HOST = "https://media.example.com"
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


class Engine:
    """The engine's process; `fetch` runs one request in a fork of it."""

    def __init__(self, process: asyncio.subprocess.Process, proxy: EgressProxy, site: RemoteSite, folder: Path) -> None:
        self._process = process
        self._proxy = proxy
        self._site = site
        self.folder = folder

    async def fetch(
        self, url: str, *, media_key: str | None = None, byte_cap: int | None = None, **changes: object
    ) -> Outcome:
        lease = self._proxy.lease("test", byte_cap=byte_cap)
        values = {
            "url": url,
            "media_key": media_key or ("direct:0" if "." in url.rpartition("/")[2].partition("?")[0] else "generic:0"),
            "directory": str(self.folder),
            "options": {},
            "max_file_size_bytes": 50 * MEGABYTE,
            "target_file_size_bytes": 10 * MEGABYTE,
            "proxy_url": lease.proxy_url,
            "ca_file": str(self._site.ca_file),
            "cookies_file": None,
            "ffmpeg": imageio_ffmpeg.get_ffmpeg_exe(),
        }
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({**values, **changes}).encode() + b"\n")
        await self._process.stdin.drain()
        try:
            messages = [message async for message in self._messages()]
        finally:
            lease.close()
        assert not [message for message in messages if message["kind"] == "Escape"]
        return Outcome(messages=messages, lease=lease)

    async def _messages(self) -> AsyncIterator[dict[str, Any]]:
        while (message := await next_message(self._process))["kind"] != "Done":
            yield message


async def next_message(process: asyncio.subprocess.Process) -> dict[str, Any]:
    assert process.stdout is not None
    line = await process.stdout.readline()
    assert line, "the engine's process ended"
    message: dict[str, Any] = json.loads(line)
    return message


@pytest.fixture
async def engine(proxy: EgressProxy, site: RemoteSite, tmp_path: Path) -> AsyncIterator[Engine]:
    folder = tmp_path / "download"
    folder.mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(ENGINE_PROCESS),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=MEGABYTE,
        env=environment,
    )
    assert (await next_message(process))["kind"] == "Ready"
    yield Engine(process, proxy, site, folder)
    assert process.stdin is not None
    process.stdin.close()
    await process.wait()
