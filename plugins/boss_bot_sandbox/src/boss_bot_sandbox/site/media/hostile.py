"""Generators of hostile files: decompression bombs, a malware test string, programs, broken and disguised media."""

import functools
import re
import struct
import zlib
from pathlib import Path
from typing import Final

from boss_bot_sandbox.site.media.generators import CLIPS, FileGenerator

# Joined at run time, so that a virus scanner does not report this source file.
_EICAR: Final = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-" + "TEST-FILE!$H+H*"
_BOMB_PIXELS: Final = 30_000


def _eicar(path: Path, _: re.Match[str]) -> None:
    path.write_bytes(_EICAR.encode())


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _png_bomb(path: Path, _: re.Match[str]) -> None:
    # One bit a pixel: 900 megapixels in about 110 KB, and 2.7 GB once decoded to RGB.
    header = struct.pack(">IIBBBBB", _BOMB_PIXELS, _BOMB_PIXELS, 1, 0, 0, 0, 0)
    packer = zlib.compressobj(9)
    row = bytes(1 + _BOMB_PIXELS // 8)
    body = b"".join(packer.compress(row) for _ in range(_BOMB_PIXELS)) + packer.flush()
    chunks = _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunks)


def _program(path: Path, _: re.Match[str]) -> None:
    stub = b"MZ" + bytes(58) + struct.pack("<I", 64)
    path.write_bytes(stub + b"PE\0\0" + bytes(512))


def _page(path: Path, _: re.Match[str]) -> None:
    path.write_text("<!doctype html><title>Please sign in</title><p>Not a video.</p>", encoding="ascii")


def _clip(path: Path) -> bytes:
    _, recipe = CLIPS[0]
    clip = re.fullmatch(CLIPS[0][0], "clip.mp4")
    assert clip is not None  # noqa: S101 - the pattern and the name are constants
    recipe(path, clip)
    return path.read_bytes()


def _truncated(path: Path, _: re.Match[str]) -> None:
    data = _clip(path)
    path.write_bytes(data[: len(data) * 2 // 3])


def _corrupt(path: Path, _: re.Match[str]) -> None:
    data = bytearray(_clip(path))
    start = data.index(b"mdat") + 4
    data[start:] = bytes(byte ^ 0x5A for byte in data[start:])
    path.write_bytes(data)


HOSTILE: Final[tuple[tuple[str, FileGenerator], ...]] = (
    (r"eicar\.jpg", _eicar),
    (r"bomb\.png", _png_bomb),
    (r"program\.exe", _program),
    (r"page\.html", _page),
    (r"truncated\.mp4", _truncated),
    (r"corrupt\.mp4", _corrupt),
)
"""File name pattern -> generator of such a file."""


@functools.lru_cache(maxsize=2)
def gzip_bomb(unpacked_bytes: int) -> bytes:
    """Return gzipped zeros; the result has about a thousandth of ``unpacked_bytes``."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = bytes(1024 * 1024)
    whole, rest = divmod(unpacked_bytes, len(block))
    pieces = [packer.compress(block) for _ in range(whole)]
    return b"".join((*pieces, packer.compress(block[:rest]), packer.flush()))
