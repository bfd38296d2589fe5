"""For tests of plugins that build on the engine: runs their download hook, each call in a new process.

gallery-dl's configuration is global, so two downloads in one test process would share it.
"""

import asyncio
import importlib
import pickle
import subprocess
import sys
from pathlib import Path
from types import NoneType
from typing import Any, cast
from urllib.parse import urlsplit

import attrs

from boss_bot_core.plugin import (
    Described,
    DownloadFailedError,
    DownloadOptions,
    DownloadRequest,
    DownloadResult,
    Link,
    Progress,
)

_MEGABYTE = 1_048_576


def build_link(url: str) -> Link:
    """Return an address as the link that a match hook gets, without any check."""
    parts = urlsplit(url)
    return Link(url=url, scheme=parts.scheme, host=parts.hostname or "", path=parts.path or "/", query=parts.query)


@attrs.frozen(kw_only=True)
class DownloadHarness:
    """Runs a plugin's download hook, each call in a new process.

    Attributes:
        plugin: The plugin's module, such as `boss_bot_twitter.plugin`.
        proxy_url: Proxy that the downloads use.
        ca_file: Extra certificate authority that the downloads trust, or None.
        directory: Directory of all downloads: a second call finds what the first one left.
        reports: Reports of the last call.
    """

    plugin: str
    proxy_url: str = attrs.field(repr=False)
    ca_file: Path | None
    directory: Path
    reports: list[Progress | Described] = attrs.field(factory=list)

    def build_request(self, url: str, **changes: object) -> DownloadRequest:
        """Return a request for an address; `changes` replace its fields."""
        declare_settings: Any = getattr(importlib.import_module(self.plugin), "bossbot_settings", lambda: NoneType)
        request = DownloadRequest(
            url=url,
            media_key="test:1",
            directory=self.directory,
            options=DownloadOptions(),
            max_file_size_bytes=20 * _MEGABYTE,
            target_file_size_bytes=20 * _MEGABYTE,
            proxy_url=self.proxy_url,
            ca_file=self.ca_file,
            settings=declare_settings()(),
            report=_ignore_report,
        )
        return attrs.evolve(request, **cast("dict[str, Any]", changes))

    def start(self, url: str, **changes: object) -> "subprocess.Popen[bytes]":
        """Start the hook; pass the process to `wait_for_result`, or kill it."""
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", __name__], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert process.stdin is not None  # noqa: S101 - given above
        with process.stdin as stdin:
            pickle.dump((self.plugin, self.build_request(url, **changes)), stdin)
        process.stdin = None
        return process

    def wait_for_result(self, process: "subprocess.Popen[bytes]") -> DownloadResult:
        """Wait for the result of a started hook.

        Raises:
            DownloadFailedError: The hook raised it.
            RuntimeError: The hook raised another exception, or its process died.
        """
        output, _ = process.communicate()
        if process.returncode:
            raise RuntimeError(f"the download's process ended with {process.returncode}")
        self.reports[:], result = pickle.loads(output)  # noqa: S301 - our own process wrote it
        if isinstance(result, DownloadFailedError):
            raise result
        assert isinstance(result, DownloadResult)  # noqa: S101 - the process sends nothing else
        return result

    async def fetch(self, url: str, **changes: object) -> DownloadResult:
        """Run the hook; see `build_request` and `wait_for_result`."""
        return await asyncio.to_thread(self.wait_for_result, self.start(url, **changes))


def _ignore_report(_: Progress | Described) -> None:
    """Replace a request's `report` while it is pickled, because functions of a test cannot be pickled."""


def _main() -> None:
    plugin, request = pickle.load(sys.stdin.buffer)  # noqa: S301 - the test wrote it
    reports: list[Progress | Described] = []
    result: DownloadResult | DownloadFailedError
    try:
        result = importlib.import_module(plugin).bossbot_download(attrs.evolve(request, report=reports.append))
    except DownloadFailedError as exc:
        result = exc
    pickle.dump((reports, result), sys.stdout.buffer)


if __name__ == "__main__":
    _main()
