"""For tests of plugins that build on the engine: their download hook, in a process of its own.

gallery-dl's configuration is one global, so that two downloads in one test process would share it.
"""

import asyncio
import importlib
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

import attrs

from boss_bot_core.plugin import (
    Described,
    DownloadFailedError,
    DownloadOptions,
    DownloadRequest,
    DownloadResult,
    Progress,
)

_MEGABYTE = 1_048_576


@attrs.frozen(kw_only=True)
class DownloadBench:
    """Runs a plugin's download hook, each call in a new process.

    Attributes:
        plugin: The plugin's module, such as `boss_bot_twitter.plugin`.
        proxy_url: The proxy that the downloads use.
        ca_file: The extra certificate authority that they trust.
        directory: Their folder: a second call finds what the first one left.
        reports: What the last call reported.
    """

    plugin: str
    proxy_url: str = attrs.field(repr=False)
    ca_file: Path | None
    directory: Path
    reports: list[Progress | Described] = attrs.field(factory=list)

    def request(self, url: str, **changes: object) -> DownloadRequest:
        """Return a request for an address; `changes` replace its fields."""
        request = DownloadRequest(
            url=url,
            media_key="test:1",
            directory=self.directory,
            options=DownloadOptions(),
            max_file_size_bytes=20 * _MEGABYTE,
            target_file_size_bytes=20 * _MEGABYTE,
            proxy_url=self.proxy_url,
            ca_file=self.ca_file,
            report=_ignore,
        )
        return attrs.evolve(request, **cast("dict[str, Any]", changes))

    def start(self, url: str, **changes: object) -> "subprocess.Popen[bytes]":
        """Start the hook; give what comes back to `ending`, or kill it."""
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", __name__], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert process.stdin is not None  # noqa: S101 - given above
        with process.stdin as channel:
            pickle.dump((self.plugin, self.request(url, **changes)), channel)
        process.stdin = None
        return process

    def ending(self, process: "subprocess.Popen[bytes]") -> DownloadResult:
        """Wait for a started hook's result.

        Raises:
            DownloadFailedError: The hook raised it.
            RuntimeError: The hook raised something else, or its process died.
        """
        said, _ = process.communicate()
        if process.returncode:
            raise RuntimeError(f"the download's process ended with {process.returncode}")
        self.reports[:], ending = pickle.loads(said)  # noqa: S301 - our own process wrote it
        if isinstance(ending, DownloadFailedError):
            raise ending
        assert isinstance(ending, DownloadResult)  # noqa: S101 - there is nothing else
        return ending

    async def fetch(self, url: str, **changes: object) -> DownloadResult:
        """Run the hook; see `request` and `ending`."""
        return await asyncio.to_thread(self.ending, self.start(url, **changes))


def _ignore(_: Progress | Described) -> None:
    """Stand in for a request's `report` on its way: functions of a test do not travel."""


def _main() -> None:
    plugin, request = pickle.load(sys.stdin.buffer)  # noqa: S301 - the test wrote it
    reports: list[Progress | Described] = []
    ending: DownloadResult | DownloadFailedError
    try:
        ending = importlib.import_module(plugin).bossbot_download(attrs.evolve(request, report=reports.append))
    except DownloadFailedError as exc:
        ending = exc
    pickle.dump((reports, ending), sys.stdout.buffer)


if __name__ == "__main__":
    _main()
