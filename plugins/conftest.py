"""Fixtures of the plugins that build on the gallery-dl engine: a media site, an egress proxy, and a download harness.

The harness reaches the site through the proxy only, as a worker does.
"""

from collections.abc import AsyncIterator
from ipaddress import ip_network
from pathlib import Path

import pytest
import pytest_asyncio

from boss_bot_core.egress import AddressPolicy, EgressProxy, Lease
from boss_bot_gallerydl.testing import DownloadHarness
from boss_bot_sandbox.site import MediaSite


@pytest_asyncio.fixture
async def site(site_directory: Path) -> AsyncIterator[MediaSite]:
    """The media site; its files are made once for all tests."""
    async with MediaSite.start(site_directory) as running:
        yield running


@pytest_asyncio.fixture
async def lease(site: MediaSite) -> AsyncIterator[Lease]:
    """A lease of a proxy that connects to the site's own loopback address only."""
    policy = AddressPolicy((ip_network("127.0.0.1/32"),))
    async with EgressProxy(policy, host_overrides=site.host_overrides) as proxy:
        yield proxy.open_lease("test", byte_cap=60 * 1_048_576)


@pytest.fixture
def harness(site: MediaSite, lease: Lease, tmp_path: Path, request: pytest.FixtureRequest) -> DownloadHarness:
    """A harness that runs the download hook of the plugin whose folder holds the test."""
    package = request.path.parents[1].name
    return DownloadHarness(
        plugin=f"{package}.plugin", proxy_url=lease.proxy_url, ca_file=site.ca_file, directory=tmp_path
    )
