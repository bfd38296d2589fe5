"""Runs one plugin's download as the bot does: a confined worker of a real zygote, through a real proxy."""

from collections.abc import Mapping
from contextlib import closing
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

import attrs

from boss_bot_core.domain.link import DownloadOptions
from boss_bot_core.egress import AddressPolicy, EgressProxy
from boss_bot_core.errors import DownloadFailedError, PluginError
from boss_bot_core.plugin import DownloadResult
from boss_bot_core.routing import parse_link
from boss_bot_core.worker import DownloadFinished, DownloadJob, HookFailed, Zygote

LOOPBACK = (IPv4Network("127.0.0.0/8"), IPv6Network("::1/128"))
MAX_FILE_SIZE_BYTES = 50 * 1024 * 1024


@attrs.frozen(kw_only=True)
class PluginRunner:
    """Fetches links with one plugin; only loopback addresses can be reached.

    Attributes:
        folder: Where downloads go: a second fetch finds what the first one left.
        ca_file: A certificate authority of the test's own server, or None.
        host_overrides: Host names (or `.suffixes`) and the `ip:port` that stands in for them.
    """

    folder: Path
    ca_file: Path | None = None
    host_overrides: Mapping[str, str] = attrs.field(factory=dict)

    async def fetch(self, plugin: str, url: str, options: DownloadOptions = DownloadOptions()) -> DownloadResult:
        """Return what the plugin brought.

        Raises:
            PluginError: The plugin does not claim the link.
            DownloadFailedError: What the plugin raised, as the bot would see it.
        """
        async with EgressProxy(AddressPolicy(LOOPBACK), self.host_overrides) as proxy, Zygote() as zygote:
            claims = await zygote.match(parse_link(url))
            match = next((claim.match for claim in claims if claim.plugin == plugin), None)
            if match is None:
                raise PluginError(f"Plugin {plugin!r} does not claim {url}.")
            with closing(proxy.open_lease(plugin)) as lease:
                job = DownloadJob(
                    plugin=plugin,
                    url=match.url,
                    media_key=match.media_key,
                    directory=self.folder,
                    options=options,
                    max_file_size_bytes=MAX_FILE_SIZE_BYTES,
                    target_file_size_bytes=MAX_FILE_SIZE_BYTES,
                    proxy_url=lease.proxy_url,
                    ca_file=self.ca_file,
                )
                return await self._run(zygote, job)

    async def _run(self, zygote: Zygote, job: DownloadJob) -> DownloadResult:
        async with await zygote.spawn(job) as worker:
            async for event in worker.read_events():
                if isinstance(event, DownloadFinished):
                    return event.result
                if isinstance(event, HookFailed):
                    raise event.report.to_error()
        raise DownloadFailedError("The worker ended without a word.")
