"""What the site was asked: one record per request, for tests that assert on traffic rather than on results.

It exists apart from the handlers so that no handler can forget to record itself: a middleware does it for all.
"""

import time
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from typing import Final

import attrs
from aiohttp import web
from aiohttp.typedefs import Handler


@attrs.define(kw_only=True)
class RecordedRequest:
    """One request as the site saw it; the last three fields are filled in while it is answered.

    Attributes:
        at_s: Seconds since the epoch.
        host: The Host header without its port.
        path: The path without the query.
        query: The raw query string, without the question mark.
        range: The Range header, or an empty string.
        status: The answer's status; 0 while it is under way.
        bytes_sent: Bytes of body handed to the socket, before TLS and chunking.
        finished: Whether the body went out to its planned end.
    """

    at_s: float = attrs.field(factory=time.time)
    method: str
    host: str
    path: str
    query: str = ""
    range: str = ""
    status: int = 0
    bytes_sent: int = 0
    finished: bool = False

    @classmethod
    def from_request(cls, request: web.BaseRequest) -> "RecordedRequest":
        """Start the record of an incoming request."""
        return cls(
            method=request.method,
            host=request.host.rpartition(":")[0] or request.host,
            path=request.path,
            query=request.rel_url.raw_query_string,
            range=request.headers.get("Range", ""),
        )


class RequestLog:
    """All requests since the start or the last ``reset``, oldest first."""

    def __init__(self, records: Iterable[RecordedRequest] = ()) -> None:
        self._records: list[RecordedRequest] = list(records)

    def __iter__(self) -> Iterator[RecordedRequest]:
        return iter(tuple(self._records))

    def __len__(self) -> int:
        return len(self._records)

    def add(self, record: RecordedRequest) -> None:
        """Append one record."""
        self._records.append(record)

    def clear(self) -> None:
        """Forget everything recorded so far."""
        self._records.clear()

    def matching(self, path: str = "", *, host: str = "", method: str = "") -> list[RecordedRequest]:
        """Return the records whose path contains ``path`` and whose host and method equal those given."""
        return [
            record
            for record in self
            if path in record.path and host in ("", record.host) and method in ("", record.method)
        ]

    def hosts(self) -> set[str]:
        """Return every host that was asked."""
        return {record.host for record in self}

    def bytes_sent(self, path: str) -> int:
        """Return how many bytes of body the requests got whose path contains ``path``."""
        return sum(record.bytes_sent for record in self.matching(path))


REQUESTS: Final = web.AppKey("requests", RequestLog)
current_record: ContextVar[RecordedRequest] = ContextVar("current_record")
"""The record of the request that the running handler answers."""


@web.middleware
async def record_site_request(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Record the request, then what became of it."""
    record = RecordedRequest.from_request(request)
    current_record.set(record)
    request.config_dict[REQUESTS].add(record)
    try:
        response = await handler(request)
    except web.HTTPException as error:
        record.status = error.status
        raise
    record.status = response.status
    # A streamed answer counts itself while it is written; a plain one is sent after this middleware.
    if isinstance(response, web.Response):
        record.finished = True
        if isinstance(response.body, bytes) and request.method != "HEAD":
            record.bytes_sent = len(response.body)
    return response
