"""What the engine's HTTP requests and its log messages showed while it ran.

gallery-dl reduces most failures to a log line and a status bit. The reason of a failure is therefore read from the
traffic: the last response, the last connection error, and the egress proxy's refusal. The requests of gallery-dl's
yt-dlp downloader do not pass the HTTP adapter; for them the log messages are the only source.
"""

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final

import attrs

from boss_bot_core.plugin import DownloadFailedError, PartFile, find_status_error

REFUSED_TUNNEL: Final = re.compile(r"Tunnel connection failed: 403 [^()]*\((?P<reason>[\w-]+)\)")
"""The egress proxy's refusal of a CONNECT request, as HTTP libraries word it."""

_HTTP_ERROR: Final = re.compile(r"HTTP Error (\d{3})")


@attrs.frozen(kw_only=True)
class ResponseSummary:
    """The head of an HTTP response, and the start of its body.

    Attributes:
        url: Address that sent the response; empty if only its host is known.
        host: Host that sent the response.
        status: HTTP status code.
        headers: Header fields, looked up case-insensitively.
        body: Start of the body as the site wrote it, so untrusted; empty for a file.
    """

    url: str = ""
    host: str
    status: int
    headers: Mapping[str, str]
    body: str = ""

    @property
    def size_bytes(self) -> int | None:
        """Size of the whole file in bytes, as the headers announce it, or None."""
        whole = self.headers.get("Content-Range", "").rpartition("/")[2] or self.headers.get("Content-Length", "")
        return int(whole) if whole.isdecimal() else None

    def find_error(self) -> DownloadFailedError | None:
        """Return the error for the status, or None if the status is no reason for a failed download."""
        return find_status_error(self.status, self.url or f"https://{self.host}/", self.headers, self.body)


@attrs.define(kw_only=True)
class TrafficRecord:
    """What happened since the last `reset`.

    Attributes:
        response: The last response.
        connection_error: The last failed request, unless a response came after it.
        refusal: Short reason for which the egress proxy refused a request.
        log_messages: Warnings and errors that the engine logged. They may quote addresses, so users never see them.
        find_part: Returns the part of the file that is being fetched; None between two files.
        is_resumed: Whether a response continued the part.
    """

    response: ResponseSummary | None = None
    connection_error: Exception | None = None
    refusal: str | None = None
    log_messages: list[str] = attrs.field(factory=list)
    find_part: Callable[[], PartFile] | None = None
    is_resumed: bool = False

    @property
    def status(self) -> int:
        """Status code of the last response; 0 if there is none, or if a connection error came after it."""
        return self.response.status if self.response and not self.connection_error else 0

    def record_response(self, response: ResponseSummary) -> None:
        """Store a response; it replaces an earlier connection error."""
        self.response, self.connection_error = response, None

    def read_log_messages(self, host: str) -> None:
        """Derive a refusal or a status code from the log messages, if no request was recorded.

        Args:
            host: Host that the derived response is attributed to.
        """
        if self.response or self.connection_error or self.refusal:
            return
        text = "\n".join(self.log_messages)
        if refused := REFUSED_TUNNEL.search(text):
            self.refusal = refused["reason"]
        elif status := _HTTP_ERROR.search(text):
            self.response = ResponseSummary(host=host, status=int(status[1]), headers={})

    def reset(self) -> None:
        """Forget everything, before the next file."""
        self.response = self.connection_error = self.refusal = self.find_part = None
        self.is_resumed = False
        self.log_messages.clear()


class _LogHandler(logging.Handler):
    def __init__(self, traffic: TrafficRecord) -> None:
        super().__init__(logging.WARNING)
        self._traffic = traffic

    def emit(self, record: logging.LogRecord) -> None:
        self._traffic.log_messages.append(record.getMessage())


@contextmanager
def collect_log_messages(traffic: TrafficRecord) -> Iterator[None]:
    """Add the warnings and errors of all loggers to a record while the block runs."""
    root, handler = logging.getLogger(), _LogHandler(traffic)
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
