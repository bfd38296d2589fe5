"""The site as a child process, for callers that are not asynchronous or that are killed during a test.

The process ends with the ``with`` block, and also when its parent is killed inside the block.
"""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs

from boss_bot_sandbox.site.application import PREFIX
from boss_bot_sandbox.site.request_log import RecordedRequest, RequestLog

_STOP_S = 10.0


@attrs.frozen(kw_only=True)
class RemoteSite:
    """A site in another process: the same addresses as a ``MediaSite``, its request log over HTTP.

    Attributes:
        pid: The process id.
        http_url: ``http://127.0.0.1:PORT``.
        https_url: The same site with TLS.
        https_port: The port of ``https_url``.
        ca_file: PEM file of the certificate authority to trust.
        host_overrides: Public host pattern -> loopback address and port.
    """

    pid: int
    http_url: str
    https_url: str
    https_port: int
    ca_file: Path = attrs.field(converter=Path)
    host_overrides: dict[str, str]

    @property
    def requests(self) -> RequestLog:
        """Fetch the log of all requests so far, including this one."""
        return RequestLog(RecordedRequest(**record) for record in self._ask("GET", "requests"))

    def reset(self) -> None:
        """Empty the request log and the counters of ``cut`` and ``flaky``; let X issue guest tokens again."""
        self._ask("POST", "reset")

    def refuse_guest_tokens(self, status: int = 429) -> None:
        """Let X answer requests for guest tokens with this status, until ``reset``."""
        self._ask("POST", f"guest-tokens?status={status}")

    def _ask(self, method: str, what: str) -> Any:  # noqa: ANN401 - any JSON
        request = urllib.request.Request(f"{self.http_url}{PREFIX}{what}", method=method)  # noqa: S310 - http, loopback
        # A proxy from the environment must not be used for loopback.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=_STOP_S) as answer:
            return json.loads(answer.read() or b"null")


@contextmanager
def site_process(directory: Path) -> Iterator[RemoteSite]:
    """Run the site in a child process until the block ends.

    Args:
        directory: Where media are cached; may be shared with other sites.

    Raises:
        RuntimeError: The process ended before it was ready; its error output is on standard error.
    """
    command = [sys.executable, "-m", "boss_bot_sandbox.site", "--directory", str(directory)]
    # The arguments are this interpreter and a path of the caller.
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:  # noqa: S603
        assert child.stdin is not None  # noqa: S101 - asked for above
        assert child.stdout is not None  # noqa: S101 - asked for above
        try:
            line = child.stdout.readline()
            if not line:
                raise RuntimeError(f"the site ended with {child.wait(_STOP_S)} before it was ready")
            yield RemoteSite(pid=child.pid, **json.loads(line))
        finally:
            child.stdin.close()
            try:
                child.wait(_STOP_S)
            except subprocess.TimeoutExpired:
                child.kill()
