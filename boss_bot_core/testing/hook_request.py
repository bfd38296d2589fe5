"""`RequestBuilder`: requests for tests that call a download hook in their own process, without worker and proxy."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs

from boss_bot_core.domain.link import DownloadOptions
from boss_bot_core.domain.sizes import MEGABYTE
from boss_bot_core.plugin import Described, DownloadRequest, Progress

_NO_PROXY = "http://lease:key@127.0.0.1:1"
"""Nothing listens there: a request that no route of the test answers leads nowhere."""


@attrs.frozen(kw_only=True)
class RequestBuilder:
    """Builds requests of a download, and keeps what the hook reports.

    Attributes:
        directory: Folder of the download, the same for all requests, as for several attempts.
        reports: What hooks reported, in order.
    """

    directory: Path
    reports: list[Progress | Described] = attrs.field(factory=list)

    def __call__(self, url: str, *, cookies: str = "", **changes: object) -> DownloadRequest[Any]:
        """Return a request for an address.

        Args:
            url: Canonical address of the match.
            cookies: The operator's cookies as the lines of a file in Netscape format; empty for none.
            **changes: Other fields of the request.
        """
        cookies_file = None
        if cookies:
            cookies_file = self.directory.with_name("cookies.txt")
            cookies_file.write_text(f"# Netscape HTTP Cookie File\n{cookies}\n")
        build: Callable[..., DownloadRequest[Any]] = DownloadRequest
        fields = {"media_key": url, "options": DownloadOptions(), "cookies_file": cookies_file, **changes}
        return build(
            url=url,
            directory=self.directory,
            proxy_url=_NO_PROXY,
            report=self.reports.append,
            **{"max_file_size_bytes": 50 * MEGABYTE, "target_file_size_bytes": 50 * MEGABYTE, **fields},
        )
