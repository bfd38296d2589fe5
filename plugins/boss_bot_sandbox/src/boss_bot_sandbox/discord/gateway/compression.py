"""Transport compression of gateway frames.

One compressor serves a whole connection, so its state belongs to the connection and nothing else.
"""

from __future__ import annotations

import importlib
import zlib
from typing import Protocol


class Compressor(Protocol):
    """Turns one frame's text into bytes that the client can unpack at once."""

    def pack(self, text: str) -> bytes:
        """Return the compressed frame."""


class ZlibStream:
    """``compress=zlib-stream``: one zlib stream, flushed after every frame."""

    def __init__(self) -> None:
        self._stream = zlib.compressobj()

    def pack(self, text: str) -> bytes:
        """Return the frame; it ends in ``00 00 ff ff``, by which clients know that it is whole."""
        return self._stream.compress(text.encode()) + self._stream.flush(zlib.Z_SYNC_FLUSH)


class ZstdStream:
    """``compress=zstd-stream``: one zstd stream, flushed after every frame."""

    def __init__(self) -> None:
        # Optional, and only ever asked for by clients that have the same package installed.
        zstandard = importlib.import_module("zstandard")
        self._stream = zstandard.ZstdCompressor().compressobj()
        self._flush_block: int = zstandard.COMPRESSOBJ_FLUSH_BLOCK

    def pack(self, text: str) -> bytes:
        """Return the frame."""
        return bytes(self._stream.compress(text.encode()) + self._stream.flush(self._flush_block))


COMPRESSORS: dict[str, type[Compressor]] = {"zlib-stream": ZlibStream, "zstd-stream": ZstdStream}
