"""Writing a payload as a response: ranges, lengths and the count of what went out, in one place for every route."""

import socket
import struct
from collections.abc import AsyncIterator, Callable, Iterator

import attrs
from aiohttp import web

from boss_bot_sandbox.site.media.payload import Payload, chunks
from boss_bot_sandbox.site.request_log import current_record

Piece = bytes | memoryview
Pace = Callable[[web.Request, Iterator[Piece]], AsyncIterator[Piece]]
"""Turns the pieces of a body into those really sent, and when: the behaviour of a route."""


async def steady(_: web.Request, pieces: Iterator[Piece]) -> AsyncIterator[Piece]:
    """Send everything as fast as the reader takes it."""
    for piece in pieces:
        yield piece


@attrs.frozen(kw_only=True)
class ResponseOptions:
    """How a payload is presented.

    Attributes:
        content_type: Sent as it is, true or not.
        headers: Further response headers.
        ranges: Whether Range is honoured.
        sized: Whether Content-Length is sent (else the body is chunked).
    """

    content_type: str
    headers: dict[str, str] = attrs.field(factory=dict)
    ranges: bool = True
    sized: bool = True


def _requested_range(request: web.Request, size: int) -> tuple[int, int] | None:
    """Return the requested (start, stop), or ``None`` without a Range header."""
    if "Range" not in request.headers:
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
    request: web.Request, payload: Payload, answer: ResponseOptions, pace: Pace = steady
) -> web.StreamResponse:
    """Answer ``request`` with ``payload``, or with the part of it that Range asks for.

    Raises:
        web.HTTPRequestRangeNotSatisfiable: The range lies outside the payload.
    """
    span = _requested_range(request, payload.size_bytes) if answer.ranges else None
    start, stop = span or (0, payload.size_bytes)
    response = web.StreamResponse(status=206 if span else 200, headers={"ETag": '"sandbox"', **answer.headers})
    response.content_type = answer.content_type
    if answer.ranges:
        response.headers["Accept-Ranges"] = "bytes"
    if span:
        response.headers["Content-Range"] = f"bytes {start}-{stop - 1}/{payload.size_bytes}"
    if answer.sized:
        response.content_length = stop - start
    await response.prepare(request)
    if request.method == "HEAD":
        current_record.get().finished = True
    else:
        await write_pieces(request, response, pace(request, chunks(payload, start, stop)))
    return response


async def write_pieces(request: web.Request, response: web.StreamResponse, pieces: AsyncIterator[Piece]) -> None:
    """Write the pieces and count them in the request's record.

    A reader that left, and a pace that raises ``ConnectionError``, both end with a reset connection.
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
        _reset(request)


def _reset(request: web.Request) -> None:
    if (transport := request.transport) is None:
        return
    if connection := transport.get_extra_info("socket"):
        # Lingering for zero seconds turns the close into a reset.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
