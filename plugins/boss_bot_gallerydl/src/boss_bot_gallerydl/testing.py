"""For tests of plugins that build on the engine: runs their download hook, each call in a new process.

gallery-dl's configuration is global, so two downloads in one test process would share it.
"""

import asyncio
import importlib
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
    find_ffmpeg,
)
from boss_bot_gallerydl._hook_process import HookProcess, start_hook

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
            ffmpeg=find_ffmpeg(),
            report=_ignore_report,
        )
        return attrs.evolve(request, **cast("dict[str, Any]", changes))

    def start(self, url: str, **changes: object) -> HookProcess:
        """Start the hook; pass the process to `wait_for_result`, or kill it."""
        return start_hook(self.plugin, self.build_request(url, **changes))

    def wait_for_result(self, process: HookProcess) -> DownloadResult:
        """Wait for the result of a started hook.

        Raises:
            DownloadFailedError: The hook raised it.
            RuntimeError: The hook raised another exception, or its process died.
        """
        outcome = process.wait()
        if outcome is None:
            raise RuntimeError("the download's process died; standard error has the traceback of an exception")
        self.reports[:], result = outcome
        if isinstance(result, DownloadFailedError):
            raise result
        return result

    async def fetch(self, url: str, **changes: object) -> DownloadResult:
        """Run the hook; see `build_request` and `wait_for_result`."""
        return await asyncio.to_thread(self.wait_for_result, self.start(url, **changes))


def _ignore_report(_: Progress | Described) -> None:
    """Replace a request's `report` while it is pickled, because functions of a test cannot be pickled."""
