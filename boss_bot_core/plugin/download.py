"""The request of a download hook."""

from functools import cached_property
from pathlib import Path
from typing import Generic

import attrs

from boss_bot_core.domain.link import DownloadOptions
from boss_bot_core.plugin.declared_settings import SettingsT_co
from boss_bot_core.plugin.download_result import Report
from boss_bot_core.plugin.http_client import HttpClient


@attrs.frozen(kw_only=True)
class DownloadRequest(Generic[SettingsT_co]):
    """The link to fetch, with its options, its limits and its environment.

    Attributes:
        url: Canonical address of the match.
        media_key: Media key of the match.
        directory: Existing folder of this download, the only place that the hook may write to. After a retry it still
            holds the files of the earlier attempt, so that engines continue their `.part` files.
        options: Options that the requester chose.
        max_file_size_bytes: Maximum size of a file; a hook never returns a larger one.
        target_file_size_bytes: Maximum size that the destination accepts. The hook fetches the best version that fits;
            if none fits, the smallest version below the maximum.
        proxy_url: Address of the egress proxy, the only way into the network. It contains a credential, which must not
            appear in any text.
        ca_file: PEM file of an extra certificate authority to trust, or None.
        cookies_file: The operator's cookies for this platform in Netscape format, which the core has checked and
            written for this download, or None.
        ffmpeg: Path of the ffmpeg program, or None if the host has none.
        settings: The plugin's own settings, an object of the class that its hook `bossbot_settings` returns; None
            without that hook.
        report: Function that the hook calls with its reports.
    """

    url: str
    media_key: str
    directory: Path
    options: DownloadOptions
    max_file_size_bytes: int
    target_file_size_bytes: int
    proxy_url: str = attrs.field(repr=False)
    ca_file: Path | None = None
    cookies_file: Path | None = None
    ffmpeg: Path | None = None
    settings: SettingsT_co = attrs.field(default=None, repr=False)
    report: Report = attrs.field(repr=False, eq=False)

    @cached_property
    def http(self) -> HttpClient:
        """The HTTP client of this download: proxy, authority, cookies, limits and reports are those of the request."""
        return HttpClient(self)
