"""For tests of plugins that build on the engine: their download hook, in a process of its own.

gallery-dl's configuration is one global, so that two downloads in one test process would share it.
"""

import importlib
import pickle
import subprocess
import sys
from typing import Self

import attrs

from boss_bot_core.plugin import (
    Described,
    DownloadFailedError,
    DownloadRequest,
    DownloadResult,
    Progress,
)

Ending = DownloadResult | DownloadFailedError


@attrs.define(kw_only=True)
class SeparateDownload:
    """A download hook at work in another process.

    Attributes:
        process: The process.
        reports: What the hook reported; there once it has ended.
    """

    process: "subprocess.Popen[bytes]"
    reports: list[Progress | Described] = attrs.field(factory=list)

    @classmethod
    def start(cls, plugin: str, request: DownloadRequest) -> Self:
        """Start the hook of a plugin's module, such as `boss_bot_twitter.plugin`."""
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", __name__], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert process.stdin is not None  # noqa: S101 - given above
        pickle.dump((plugin, attrs.evolve(request, report=_ignore)), process.stdin)
        process.stdin.close()
        return cls(process=process)

    def ending(self) -> Ending:
        """Wait for the result, or for the error, which is returned.

        Raises:
            RuntimeError: The hook raised something else, or its process died.
        """
        assert self.process.stdout is not None  # noqa: S101 - given at the start
        said = self.process.stdout.read()
        self.process.stdout.close()
        if self.process.wait():
            raise RuntimeError(f"the download's process ended with {self.process.returncode}")
        self.reports, ending = pickle.loads(said)  # noqa: S301 - our own process wrote it
        return ending  # type: ignore[no-any-return]  # pickle knows no types


def _ignore(_: Progress | Described) -> None:
    """Stand in for a request's `report` on its way: functions of a test do not travel."""


def _main() -> None:
    plugin, request = pickle.load(sys.stdin.buffer)  # noqa: S301 - the test wrote it
    reports: list[Progress | Described] = []
    ending: Ending
    try:
        ending = importlib.import_module(plugin).bossbot_download(attrs.evolve(request, report=reports.append))
    except DownloadFailedError as exc:
        ending = exc
    pickle.dump((reports, ending), sys.stdout.buffer)


if __name__ == "__main__":
    _main()
