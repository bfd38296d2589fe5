"""The family of a file by its first bytes, which selects the code that processes it.

A file's name can lie, and the core's inspection has accepted the content already: this is no check.
"""

from pathlib import Path
from typing import Final, Literal

ContentFamily = Literal["image", "stream", "document"]
"""A picture, still or animated; a file with video or sound; or a document or an archive, which is never touched."""

_HEAD_BYTES: Final = 32
_IMAGE_STARTS: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"\xff\x0a")
_DOCUMENT_STARTS: Final = (b"%PDF-", b"PK\x03\x04")
"""FFmpeg finds the pictures in a PDF document, and takes them for a video."""
_JPEG_XL_BOX: Final = b"\0\0\0\x0cJXL "
_IMAGE_BRANDS: Final = frozenset({b"avif", b"avis", b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"})


def read_family(path: Path) -> ContentFamily:
    """Return the family of a file; a file of no family counts as a stream, which its probe refuses."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD_BYTES)
    if head.startswith(_DOCUMENT_STARTS):
        return "document"
    is_webp = head.startswith(b"RIFF") and head[8:12] == b"WEBP"
    is_iso_image = head[4:8] == b"ftyp" and head[8:12] in _IMAGE_BRANDS
    return "image" if head.startswith((*_IMAGE_STARTS, _JPEG_XL_BOX)) or is_webp or is_iso_image else "stream"
