"""A media site, an egress proxy in front of it, and downloads in processes of their own."""

import asyncio
from collections.abc import AsyncIterator
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import attrs
import pytest
import pytest_asyncio

from boss_bot_core.plugin import DownloadOptions, DownloadRequest
from boss_bot_core.worker.egress import AddressPolicy, EgressProxy, Lease
from boss_bot_gallerydl.testing import SeparateDownload
from boss_bot_sandbox.site import MediaSite


@attrs.frozen(kw_only=True)
class Bench:
    """Runs downloads against the site."""

    site: MediaSite
    lease: Lease
    directory: Path

    def request(self, url: str, **changes: Any) -> DownloadRequest:
        """Return a request for `url`; `changes` replace its fields."""
        request = DownloadRequest(
            url=url,
            media_key="test:1",
            directory=self.directory,
            options=DownloadOptions(),
            max_file_size_bytes=20 * 1_048_576,
            target_file_size_bytes=20 * 1_048_576,
            proxy_url=self.lease.proxy_url,
            ca_file=self.site.ca_file,
            report=print,
        )
        return attrs.evolve(request, **changes)

    async def fetch(self, url: str, plugin: str = "boss_bot_gallerydl.plugin", **changes: Any) -> Any:
        """Run a plugin's hook; return its result, or the error that it raised."""
        download = SeparateDownload.start(plugin, self.request(url, **changes))
        return await asyncio.to_thread(download.ending)


@pytest_asyncio.fixture
async def site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[MediaSite]:
    """The media site; what it shows is made once for all tests."""
    async with MediaSite.start(tmp_path_factory.getbasetemp() / "site") as running:
        yield running


@pytest_asyncio.fixture
async def bench(site: MediaSite, tmp_path: Path) -> AsyncIterator[Bench]:
    """The bench; only the site's own loopback address may be reached."""
    policy = AddressPolicy((ip_network("127.0.0.1/32"),))
    async with EgressProxy(policy, host_overrides=site.host_overrides) as proxy:
        yield Bench(site=site, lease=proxy.lease("test", byte_cap=60 * 1_048_576), directory=tmp_path)
