"""The metadata of WebP pictures: chunks of a RIFF file. Data after the file's declared end is cut off too."""

from typing import Final

_KEPT: Final = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_EXTENDED: Final = b"VP8X"
_METADATA_FLAGS: Final = 0x0C
"""The bits of an extended header that announce EXIF and XMP."""
_HEADER_BYTES: Final = 12


def strip_webp(content: bytes) -> bytes | None:
    """Return a WebP picture without metadata; None when its chunks cannot be followed."""
    stop = 8 + int.from_bytes(content[4:8], "little")
    if not content.startswith(b"RIFF") or content[8:12] != b"WEBP" or stop > len(content):
        return None
    parts, position = [], _HEADER_BYTES
    while position + 8 <= stop:
        name, length = content[position : position + 4], int.from_bytes(content[position + 4 : position + 8], "little")
        # A byte of padding follows a chunk of odd length; some writers leave out the last one.
        end = min(position + 8 + length + length % 2, stop)
        if position + 8 + length > stop:
            return None
        if name in _KEPT:
            chunk = content[position:end]
            parts.append(_clear_flags(chunk) if name == _EXTENDED else chunk)
        position = end
    if position != stop or not parts:
        return None
    body = b"WEBP" + b"".join(parts)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _clear_flags(chunk: bytes) -> bytes:
    return chunk[:8] + bytes([chunk[8] & ~_METADATA_FLAGS]) + chunk[9:] if len(chunk) > 8 else chunk
