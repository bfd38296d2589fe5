"""Sends payloads as HTTP responses: ranges, lengths, the pace, and the count of the bytes that were sent.

All routes share it, so that every answer is recorded in the same way.
"""

from collections.abc import AsyncIterator, Callable, Iterator

import attrs
from aiohttp import web

from boss_bot_sandbox.connection_reset import reset_connection
from boss_bot_sandbox.site.media.payload import Payload, read_chunks
from boss_bot_sandbox.site.request_log import current_record

Piece = bytes | memoryview
Pace = Callable[[web.Request, Iterator[Piece]], AsyncIterator[Piece]]
"""Decides which pieces of a body are sent, and when: the transfer behaviour of a route."""


async def send_steadily(_: web.Request, pieces: Iterator[Piece]) -> AsyncIterator[Piece]:
    """Send everything as fast as the client reads it."""
    for piece in pieces:
        yield piece


class UntypedResponse(web.StreamResponse):
    """A response without a media type; aiohttp adds one to every other response."""

    async def _prepare_headers(self) -> None:
        await super()._prepare_headers()
        del self.headers["Content-Type"]


@attrs.frozen(kw_only=True)
class ResponseOptions:
    """How a payload is sent.

    Attributes:
        content_type: The media type in the header; it may be false. None sends no such header.
        headers: Further response headers.
        ranges: Whether Range is honoured.
        sized: Whether Content-Length is sent; without it the body is chunked.
        etag: The validator of the payload, or None for none.
        checks_if_range: Whether a Range is ignored whose If-Range names another validator.
    """

    content_type: str | None
    headers: dict[str, str] = attrs.field(factory=dict)
    ranges: bool = True
    sized: bool = True
    etag: str | None = '"sandbox"'
    checks_if_range: bool = True


def _requested_range(request: web.Request, options: ResponseOptions, size: int) -> tuple[int, int] | None:
    """Return the requested (start, stop), or ``None`` if the whole payload is to be sent."""
    if not options.ranges or "Range" not in request.headers:
        return None
    if options.checks_if_range and request.headers.get("If-Range", options.etag) != options.etag:
        return None
    try:
        wanted = request.http_range
    except ValueError:
        return None
    start, stop, _ = slice(wanted.start, wanted.stop).indices(size)
    if start >= stop:
        raise web.HTTPRequestRangeNotSatisfiable(headers={"Content-Range": f"bytes */{size}"})
    return start, stop


async def send_payload(
    request: web.Request, payload: Payload, options: ResponseOptions, pace: Pace = send_steadily
) -> web.StreamResponse:
    """Answer ``request`` with ``payload``, or with the part of it that Range asks for.

    Raises:
        web.HTTPRequestRangeNotSatisfiable: The range lies outside the payload.
    """
    span = _requested_range(request, options, payload.size_bytes)
    start, stop = span or (0, payload.size_bytes)
    response_class = UntypedResponse if options.content_type is None else web.StreamResponse
    response = response_class(status=206 if span else 200, headers=options.headers)
    if options.etag is not None:
        response.headers["ETag"] = options.etag
    if options.content_type is not None:
        response.content_type = options.content_type
    if options.ranges:
        response.headers["Accept-Ranges"] = "bytes"
    if span:
        response.headers["Content-Range"] = f"bytes {start}-{stop - 1}/{payload.size_bytes}"
    if options.sized:
        response.content_length = stop - start
    await response.prepare(request)
    if request.method == "HEAD":
        current_record.get().finished = True
    else:
        await write_pieces(request, response, pace(request, read_chunks(payload, start, stop)))
    return response


async def write_pieces(request: web.Request, response: web.StreamResponse, pieces: AsyncIterator[Piece]) -> None:
    """Write the pieces and count them in the request's record.

    When the client has left, or the pace raises ``ConnectionError``, the connection is reset.
    """
    record = current_record.get()
    record.status = response.status
    try:
        async for piece in pieces:
            await response.write(piece)
            record.bytes_sent += len(piece)
        await response.write_eof()
        record.finished = True
    except ConnectionError:
        reset_connection(request)
