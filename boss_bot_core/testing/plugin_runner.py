"""Runs plugins in processes of their own: downloads in a confined worker behind the egress proxy, and imports."""

import functools
import subprocess
import sys
import warnings
from collections.abc import Mapping
from contextlib import closing
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

import attrs

from boss_bot_core.domain.link import DownloadOptions
from boss_bot_core.domain.sizes import MEGABYTE
from boss_bot_core.egress import AddressPolicy, EgressProxy
from boss_bot_core.errors import DownloadFailedError, PluginError
from boss_bot_core.plugin import DownloadResult
from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.routing import parse_link
from boss_bot_core.worker import DownloadFinished, DownloadJob, HookFailed, Zygote

LOOPBACK = (IPv4Network("127.0.0.0/8"), IPv6Network("::1/128"))
MAX_FILE_SIZE_BYTES = 50 * MEGABYTE


@attrs.frozen(kw_only=True)
class PluginRunner:
    """Fetches links with one plugin; the worker can reach loopback addresses only.

    Attributes:
        folder: Folder of all downloads; a second fetch finds the files of the first one.
        ca_file: Certificate authority of the test's own server, or None.
        host_overrides: The `ip:port` to connect to, by host name or by `.suffix`.
    """

    folder: Path
    ca_file: Path | None = None
    host_overrides: Mapping[str, str] = attrs.field(factory=dict)

    async def fetch(self, plugin: str, url: str, options: DownloadOptions = DownloadOptions()) -> DownloadResult:
        """Match a link and run the plugin's download.

        Raises:
            PluginError: The plugin does not claim the link.
            DownloadFailedError: The plugin's error, as the bot gets it.
        """
        async with EgressProxy(AddressPolicy(LOOPBACK), self.host_overrides) as proxy, Zygote() as zygote:
            results = await zygote.match(parse_link(url))
            match = next((result.match for result in results if result.plugin == plugin), None)
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


HEAVY_MODULES = frozenset(
    {"aiohttp", "curl_cffi", "gallery_dl", "httpx", "playwright", "requests", "selenium", "yt_dlp"}
)
"""Packages that no plugin may import at module level, because the bot imports the plugin's module."""


def list_imported_modules(module: str) -> frozenset[str]:
    """Return the names of all modules that a new Python process has loaded after the import of `module`.

    Raises:
        subprocess.CalledProcessError: The module cannot be imported.
    """
    code = f"import sys, importlib; importlib.import_module({module!r}); print(*sys.modules)"
    # The command is this Python interpreter, with a module name that comes from an entry point.
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    return frozenset(done.stdout.split())


@functools.cache
def load_warm_plugins() -> PluginManager:
    """Return the installed plugins, warmed up once for all tests of this process."""
    manager = PluginManager.load()
    with warnings.catch_warnings():
        # The plugin author cannot fix the deprecation warnings of an engine.
        warnings.simplefilter("ignore")
        manager.engines.warm_up(manager.engines.cold)
    return manager
