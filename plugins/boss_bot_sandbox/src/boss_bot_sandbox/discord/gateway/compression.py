"""Transport compression of gateway frames.

A compressor keeps state across the frames of a connection, so every connection has its own.
"""

from __future__ import annotations

import importlib
import zlib
from typing import Protocol


class Compressor(Protocol):
    """Compresses the frames of one connection, so that the client can decompress each frame when it arrives."""

    def pack(self, text: str) -> bytes:
        """Return the compressed frame."""


class ZlibStream:
    """``compress=zlib-stream``: one zlib stream, flushed after every frame."""

    def __init__(self) -> None:
        self._stream = zlib.compressobj()

    def pack(self, text: str) -> bytes:
        """Return the compressed frame; it ends in ``00 00 ff ff``, by which clients recognise a complete frame."""
        return self._stream.compress(text.encode()) + self._stream.flush(zlib.Z_SYNC_FLUSH)


class ZstdStream:
    """``compress=zstd-stream``: one zstd stream, flushed after every frame."""

    def __init__(self) -> None:
        # Optional: only a client that has this package installed asks for zstd.
        zstandard = importlib.import_module("zstandard")
        self._stream = zstandard.ZstdCompressor().compressobj()
        self._flush_block: int = zstandard.COMPRESSOBJ_FLUSH_BLOCK

    def pack(self, text: str) -> bytes:
        """Return the compressed frame."""
        return bytes(self._stream.compress(text.encode()) + self._stream.flush(self._flush_block))


COMPRESSORS: dict[str, type[Compressor]] = {"zlib-stream": ZlibStream, "zstd-stream": ZstdStream}
