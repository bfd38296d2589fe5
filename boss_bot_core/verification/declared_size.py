"""The size that a container declares, by which a file that is cut off is detected.

Only the outermost level is read. A longer file is whole: many real files have more data after their end.
"""

from collections.abc import Callable, Mapping
from mmap import mmap

_MAX_PARTS = 1_000_000
"""Largest number of boxes, objects or tags that are read; a file with more of them is not checked to its end."""

_ISO_STARTS = frozenset({b"ftyp", b"styp", b"moov", b"moof", b"mdat", b"wide", b"free", b"skip", b"sidx"})
_ISO_BOXES = _ISO_STARTS | {b"emsg", b"meta", b"mfra", b"pdin", b"pnot", b"prft", b"ssix", b"udta", b"uuid"}
_SEGMENT = b"\x18\x53\x80\x67"
_FLV_TAGS = frozenset({8, 9, 18})
_MP3_TAG_BYTES = 1024
"""Encoders may count tags in the declared size, which other programs remove or shorten later."""


def find_declared_size(content: mmap) -> int:
    """Return the number of bytes that a whole file has at least; 0 when the container declares no size."""
    if content[4:8] in _ISO_STARTS:
        return _find_iso_end(content)
    finders: Mapping[bytes, Callable[[mmap], int]] = {
        b"\x1a\x45\xdf\xa3": _find_matroska_end,
        b"\x30\x26\xb2\x75": _find_asf_end,
        b"FLV\x01": _find_flv_end,
        b"RIFF": _find_riff_end,
        b"RF64": _find_riff_end,
    }
    return finders.get(content[:4], _find_mp3_end)(content)


def _read_int(content: bytes | mmap, position: int, length: int = 4) -> int:
    return int.from_bytes(content[position : position + length], "big")


def _find_iso_end(content: mmap) -> int:
    position = indexed = 0
    for _ in range(_MAX_PARTS):
        length, kind = _read_int(content, position), content[position + 4 : position + 8]
        if length == 1:
            length = _read_int(content, position + 8, 8)
        # 0 means "to the end of the file". A length below a header's is not a box, but data after the last box.
        if length < 8 or (position + length > len(content) and kind not in _ISO_BOXES):
            break
        position += length
        if kind == b"sidx" and position <= len(content):
            indexed = max(indexed, position + _sum_indexed(content[position - length + 8 : position]))
    return max(position, indexed)


def _sum_indexed(index: bytes) -> int:
    # The sizes are wider in version 1. A segment index lists the sizes of the segments that follow it.
    first = 24 if index[:1] == b"\0" else 32
    skipped = _read_int(index, 16) if first == 24 else _read_int(index, 20, 8)
    sizes = (_read_int(index, entry) & 0x7FFF_FFFF for entry in range(first, len(index), 12))
    return skipped + sum(sizes)


def _find_matroska_end(content: mmap) -> int:
    position, header_length = _read_ebml_length(content, 4)
    position += header_length or 0
    if content[position : position + 4] != _SEGMENT:
        return 0
    position, length = _read_ebml_length(content, position + 4)
    return 0 if length is None else position + length


def _read_ebml_length(content: mmap, position: int) -> tuple[int, int | None]:
    """Return the position after a length, and the length; None when it is unknown."""
    # The leading zeros of the first byte give the number of further bytes; all ones mean "unknown".
    first = _read_int(content, position, 1)
    size = 9 - first.bit_length()
    value = _read_int(content, position, size) & ((1 << 7 * size) - 1)
    return position + size, None if not first or value == (1 << 7 * size) - 1 else value


def _find_asf_end(content: mmap) -> int:
    position = 0
    for _ in range(_MAX_PARTS):
        length = int.from_bytes(content[position + 16 : position + 24], "little")
        # A live recording leaves 0 or a header's size, and data after the last object is no object.
        if length < 24 or length > 1 << 48:
            break
        position += length
    return position


def _find_flv_end(content: mmap) -> int:
    position = _read_int(content, 5)
    for _ in range(_MAX_PARTS):
        # The size of the previous tag, the type of the next one, and its size.
        kind, length = _read_int(content, position + 4, 1) & 0x1F, _read_int(content, position + 5, 3)
        if kind not in _FLV_TAGS:
            break
        position += 4 + 11 + length
    return position


def _find_riff_end(content: mmap) -> int:
    size, largest = (content[20:28], 1 << 48) if content[:4] == b"RF64" else (content[4:8], 0xFFFF_FF00)
    declared = int.from_bytes(size, "little")
    # A recorder that cannot seek back leaves 0 or the largest number.
    return declared + 8 if declared < largest else 0


def _find_mp3_end(content: mmap) -> int:
    start = 0
    if content[:3] == b"ID3":
        # Seven bits of each byte count.
        start = 10 + sum((byte & 0x7F) << shift for byte, shift in zip(content[6:10], (21, 14, 7, 0), strict=True))
    frame = content[start : start + 64]
    for name in (b"Xing", b"Info"):
        mark = frame.find(name)
        # The flags tell whether the numbers of frames (1) and of bytes (2) follow.
        if mark >= 0 and frame[:1] == b"\xff" and _read_int(frame, mark + 4) & 3 == 3:
            return start + _read_int(frame, mark + 12) - _MP3_TAG_BYTES
    return 0
