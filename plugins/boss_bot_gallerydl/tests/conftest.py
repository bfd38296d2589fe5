"""A media site, an egress proxy in front of it, and a bench for downloads through both."""

from collections.abc import AsyncIterator
from ipaddress import ip_network
from pathlib import Path

import pytest
import pytest_asyncio

from boss_bot_core.egress import AddressPolicy, EgressProxy, Lease
from boss_bot_gallerydl.testing import DownloadBench
from boss_bot_sandbox.site import MediaSite


@pytest_asyncio.fixture
async def site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[MediaSite]:
    """The media site; what it shows is made once for all tests."""
    async with MediaSite.start(tmp_path_factory.getbasetemp() / "site") as running:
        yield running


@pytest_asyncio.fixture
async def lease(site: MediaSite) -> AsyncIterator[Lease]:
    """A right to use the proxy, which lets through to the site's own loopback address only."""
    policy = AddressPolicy((ip_network("127.0.0.1/32"),))
    async with EgressProxy(policy, host_overrides=site.host_overrides) as proxy:
        yield proxy.lease("test", byte_cap=60 * 1_048_576)


@pytest.fixture
def bench(site: MediaSite, lease: Lease, tmp_path: Path) -> DownloadBench:
    """The bench."""
    return DownloadBench(
        plugin="boss_bot_gallerydl.plugin", proxy_url=lease.proxy_url, ca_file=site.ca_file, directory=tmp_path
    )
