"""Paces of a response body: throttled, stalling, cut off, or endless."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator

from aiohttp import web

from boss_bot_sandbox.site.files.response import Pace, Piece

_TICK_S = 0.05


def throttle(rate_bytes_s: int) -> Pace:
    """Send at most ``rate_bytes_s`` bytes a second, evenly."""

    async def pace(_: web.Request, pieces: Iterator[Piece]) -> AsyncIterator[Piece]:
        started, sent = time.monotonic(), 0
        step = max(1, int(rate_bytes_s * _TICK_S))
        for piece in pieces:
            for offset in range(0, len(piece), step):
                part = piece[offset : offset + step]
                yield part
                sent += len(part)
                await asyncio.sleep(max(0.0, started + sent / rate_bytes_s - time.monotonic()))

    return pace


def _take_first(pieces: Iterator[Piece], limit: int) -> Iterator[Piece]:
    for piece in pieces:
        if limit <= 0:
            return
        yield piece[:limit]
        limit -= len(piece)


def stall(after_bytes: int) -> Pace:
    """Send ``after_bytes`` bytes, then nothing, until the client gives up."""

    async def pace(_: web.Request, pieces: Iterator[Piece]) -> AsyncIterator[Piece]:
        for piece in _take_first(pieces, after_bytes):
            yield piece
        await asyncio.Event().wait()

    return pace


def cut(after_bytes: int) -> Pace:
    """Send ``after_bytes`` bytes, then reset the connection."""

    async def pace(request: web.Request, pieces: Iterator[Piece]) -> AsyncIterator[Piece]:
        if request.transport is not None:
            # Not 0: with that limit, TLS stops writing for good.
            request.transport.set_write_buffer_limits(1)
        for piece in _take_first(pieces, after_bytes):
            yield piece
        # A reset discards what the kernel has not sent yet, so the client gets time to receive it first.
        await asyncio.sleep(2 * _TICK_S)
        raise ConnectionResetError("cut as asked")

    return pace


async def endless(_: web.Request, pieces: Iterator[Piece]) -> AsyncIterator[Piece]:
    """Send the body, then zero bytes without end."""
    for piece in pieces:
        yield piece
    zeros = bytes(64 * 1024)
    while True:
        yield zeros
        # Other requests must get their turn even when this client reads everything at once.
        await asyncio.sleep(0)
