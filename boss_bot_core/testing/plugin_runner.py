"""`PluginRunner`: runs the download hook of a plugin in a confined worker behind the egress proxy, as the bot does."""

from collections.abc import Mapping
from contextlib import closing
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

import attrs

from boss_bot_core.domain.cookie_formats import parse_cookie_file
from boss_bot_core.domain.cookies import Cookie, CookieFile
from boss_bot_core.domain.link import DownloadOptions
from boss_bot_core.domain.sizes import MEGABYTE
from boss_bot_core.egress import AddressPolicy, EgressProxy
from boss_bot_core.errors import DownloadFailedError, PluginError
from boss_bot_core.plugin import Described, DownloadResult, Progress
from boss_bot_core.routing import parse_link
from boss_bot_core.worker import DownloadFinished, DownloadJob, HookFailed, Zygote

LOOPBACK = (IPv4Network("127.0.0.0/8"), IPv6Network("::1/128"))


@attrs.frozen(kw_only=True)
class PluginRunner:
    """Fetches links with one plugin; the worker can reach loopback addresses only.

    Attributes:
        folder: Folder of all downloads; a second fetch finds the files of the first one.
        ca_file: Certificate authority of the test's own server, or None.
        host_overrides: The `ip:port` to connect to, by host name or by `.suffix`.
        cookies: Cookies for the hook: values by name, for the link's host and the hosts below it; or a cookie file, as
            its text or its path, in each form that the operator's files may have.
        max_file_size_bytes: Maximum size of a file.
        target_file_size_bytes: Maximum size that the destination accepts; None for the maximum size of a file.
        reports: The reports of the last fetch; of the progress, at most ten a second and the last one of each file.
    """

    folder: Path
    ca_file: Path | None = None
    host_overrides: Mapping[str, str] = attrs.field(factory=dict)
    cookies: Mapping[str, str] | str | Path | None = attrs.field(default=None, repr=False)
    max_file_size_bytes: int = 50 * MEGABYTE
    target_file_size_bytes: int | None = None
    reports: list[Progress | Described] = attrs.field(init=False, factory=list)

    async def fetch(self, plugin: str, url: str, options: DownloadOptions = DownloadOptions()) -> DownloadResult:
        """Match a link and run the plugin's download.

        Raises:
            PluginError: The plugin does not claim the link, or returned a file above the maximum size.
            DownloadFailedError: The plugin's error, as the bot gets it.
            ValueError: A cookie cannot be read.
        """
        self.reports.clear()
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
                    max_file_size_bytes=self.max_file_size_bytes,
                    target_file_size_bytes=self.target_file_size_bytes or self.max_file_size_bytes,
                    proxy_url=lease.proxy_url,
                    ca_file=self.ca_file,
                    cookies=_to_netscape(self.cookies, match.url),
                )
                result = await self._run(zygote, job)
        for file in result.files:
            if (size_bytes := file.path.stat().st_size) > self.max_file_size_bytes:
                raise PluginError(f"Plugin {plugin!r} returned {file.path.name} with {size_bytes} bytes.")
        return result

    async def _run(self, zygote: Zygote, job: DownloadJob) -> DownloadResult:
        async with await zygote.spawn(job) as worker:
            async for event in worker.read_events():
                if isinstance(event, DownloadFinished):
                    return event.result
                if isinstance(event, HookFailed):
                    raise event.report.to_error()
                if isinstance(event, Progress | Described):
                    self.reports.append(event)
        raise DownloadFailedError("The worker ended without a word.")


def _to_netscape(cookies: Mapping[str, str] | str | Path | None, url: str) -> str:
    if isinstance(cookies, str | Path):
        file = parse_cookie_file(cookies.encode() if isinstance(cookies, str) else cookies.read_bytes())
    else:
        host = parse_link(url).host
        # A browser sends the cookie of a domain to the hosts below it; an address has none.
        domain = host if host.replace(".", "").isdecimal() else f".{host}"
        file = CookieFile(
            cookies=tuple(
                Cookie(domain=domain, path="/", is_secure=False, expires_at=None, name=name, value=value)
                for name, value in (cookies or {}).items()
            )
        )
    if file.problems:
        raise ValueError(f"cookies: {'; '.join(file.problems)}")
    return file.to_netscape()
