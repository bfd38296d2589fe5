"""Payloads of response bodies: bytes in memory, or an mp4 that is padded to any size without being stored."""

import functools
import hashlib
import mimetypes
import random
from collections.abc import Iterator
from typing import Final, Protocol

import attrs

CHUNK_BYTES: Final = 128 * 1024
_BLOCK_BYTES: Final = 1_000_003
_TYPES: Final = {".m3u8": "application/vnd.apple.mpegurl", ".mpd": "application/dash+xml", ".m4a": "audio/mp4",
                 ".ts": "video/mp2t", ".webp": "image/webp", ".exe": "application/x-msdownload"}  # fmt: skip


def content_type(name: str) -> str:
    """Return the media type that belongs to a file name."""
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    return _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"


class Payload(Protocol):
    """A response body of known size that can be read from any offset."""

    @property
    def size_bytes(self) -> int:
        """Return the whole size."""

    def read(self, offset: int, length: int) -> bytes | memoryview:
        """Return up to ``length`` (at most ``CHUNK_BYTES``) bytes from ``offset``."""


def read_chunks(payload: Payload, start: int, stop: int) -> Iterator[bytes | memoryview]:
    """Yield the bytes from ``start`` up to ``stop`` in pieces."""
    while start < stop:
        piece = payload.read(start, min(CHUNK_BYTES, stop - start))
        yield piece
        start += len(piece)


@attrs.frozen
class MemoryPayload:
    """A payload in memory."""

    data: bytes

    @property
    def size_bytes(self) -> int:
        """Return the whole size."""
        return len(self.data)

    def read(self, offset: int, length: int) -> bytes:
        """Return a slice."""
        return self.data[offset : offset + length]


@functools.cache
def _noise() -> memoryview:
    # Noise with a prime period: a download that resumes at a wrong offset gets another hash. The block is stored
    # twice in a row, so that every chunk is one slice.
    block = random.Random(20).randbytes(_BLOCK_BYTES)  # noqa: S311 - reproducible noise, not a secret
    return memoryview(block * 2)


@attrs.frozen
class PaddedMp4:
    """A playable mp4 brought to an exact size by a trailing ``free`` box, which players skip.

    Attributes:
        clip: The mp4 before the padding.
        size_bytes: The whole size; at least the clip plus eight bytes, below 4 GiB.
    """

    clip: bytes
    size_bytes: int = attrs.field()

    @size_bytes.validator
    def _fits(self, _: object, value: int) -> None:
        if not len(self.clip) + 8 <= value < 2**32:
            raise ValueError(f"cannot pad a clip of {len(self.clip)} bytes to {value}")

    @property
    def _head(self) -> bytes:
        return self.clip + (self.size_bytes - len(self.clip)).to_bytes(4, "big") + b"free"

    def read(self, offset: int, length: int) -> bytes | memoryview:
        """Return bytes of the clip, or of the padding after it."""
        length = min(length, CHUNK_BYTES, self.size_bytes - offset)
        head = len(self.clip) + 8
        if offset < head:
            return self._head[offset : min(offset + length, head)]
        start = (offset - head) % _BLOCK_BYTES
        return _noise()[start : start + length]

    def sha256(self) -> str:
        """Return the hash of the whole payload, to compare with a finished download."""
        digest = hashlib.sha256()
        for piece in read_chunks(self, 0, self.size_bytes):
            digest.update(piece)
        return digest.hexdigest()
