"""The request log of the site: one record per request, for tests that assert on traffic instead of results.

A middleware writes the records, so that no handler can be left out.
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
    """One request as the site received it; the last three fields are set while it is answered.

    Attributes:
        at_s: Seconds since the epoch.
        host: The Host header without its port.
        path: The path without the query.
        query: The raw query string, without the question mark.
        range: The Range header, or an empty string.
        user_agent: The User-Agent header, or an empty string.
        status: The status of the response; 0 until there is one.
        bytes_sent: Bytes of the body that were passed to the socket, before TLS and chunking.
        finished: Whether the whole body was sent.
    """

    at_s: float = attrs.field(factory=time.time)
    method: str
    host: str
    path: str
    query: str = ""
    range: str = ""
    user_agent: str = ""
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
            user_agent=request.headers.get("User-Agent", ""),
        )


class RequestLog:
    """All requests since the start or the last reset, oldest first."""

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
        """Remove all records."""
        self._records.clear()

    def matching(self, path: str = "", *, host: str = "", method: str = "") -> list[RecordedRequest]:
        """Return the records whose path contains ``path``, with this host and this method; empty means any."""
        return [
            record
            for record in self
            if path in record.path and host in ("", record.host) and method in ("", record.method)
        ]

    def hosts(self) -> set[str]:
        """Return every requested host."""
        return {record.host for record in self}

    def bytes_sent(self, path: str) -> int:
        """Return the total of the body bytes that were sent for paths that contain ``path``."""
        return sum(record.bytes_sent for record in self.matching(path))


REQUESTS: Final = web.AppKey("requests", RequestLog)
current_record: ContextVar[RecordedRequest] = ContextVar("current_record")
"""The record of the request that the running handler answers."""


@web.middleware
async def record_site_request(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Record the request and its response."""
    record = RecordedRequest.from_request(request)
    current_record.set(record)
    request.config_dict[REQUESTS].add(record)
    try:
        response = await handler(request)
    except web.HTTPException as error:
        record.status = error.status
        raise
    record.status = response.status
    # A streamed response is counted while it is written; a plain one is sent after this middleware.
    if isinstance(response, web.Response):
        record.finished = True
        if isinstance(response.body, bytes) and request.method != "HEAD":
            record.bytes_sent = len(response.body)
    return response
