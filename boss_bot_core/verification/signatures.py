"""The signatures of files: the type by the first bytes, and formats that are embedded in a media file.

Both checks run before a decoder reads the file. A file with an embedded format is media for a decoder, and another type
for a browser, a PDF reader or an archive program.
"""

import mmap
import re
import zipfile
from pathlib import Path
from typing import Literal

import attrs
import puremagic

_HEAD_BYTES = 4096
_MIN_CONFIDENCE = 0.5
# Containers that puremagic lists under "application", or of which it knows only some brands.
_CONTAINERS = frozenset({"application/ogg", "application/x-matroska", "application/mp4"})
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_JPEG_XL_STARTS = (b"\xff\x0a", b"\0\0\0\x0cJXL ")
_SVG = re.compile(rb"\s*(<[?!][^<]*)*<svg[\s>]", re.IGNORECASE)
_ISO_BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"styp"})
# Built from parts, so that a virus scanner does not detect this source file as the test file.
_EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-" + b"TEST-FILE!$H+H*"
# Browsers that detect types read 1,445 bytes; PDF readers search for their mark in the first 1,024.
_SNIFFED_BYTES = 2048
_WEB_PAGE = re.compile(rb"<(!doctype\s+html|html|head|body|script|iframe)[\s>/]|<\?php", re.IGNORECASE)
_ZIP_DIRECTORY = b"PK\x01\x02"


@attrs.frozen
class Signature:
    """The type of a file by its first bytes.

    Attributes:
        family: The decoder for the file; None when the file is certainly not media.
        name: The name of the type, for users.
    """

    family: Literal["image", "stream", "unknown"] | None
    name: str


def read_signature(path: Path) -> Signature:
    """Return the type of a file by its first bytes."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD_BYTES)
    if (picture := _find_picture_type(head)) is not None:
        return Signature("image", picture)
    best = _find_best_match(head)
    if best is not None and best.mime_type.startswith("image/"):
        return Signature("image", best.mime_type)
    if head[4:8] in _ISO_BOXES:
        return Signature("stream", "video/mp4")
    if best is None or (best.confidence < _MIN_CONFIDENCE and not best.mime_type):
        return Signature("unknown", "of an unknown type")
    if best.mime_type.startswith(("video/", "audio/")) or best.mime_type in _CONTAINERS:
        return Signature("stream", best.mime_type)
    return Signature(None, best.name or best.mime_type)


def _find_picture_type(head: bytes) -> str | None:
    """Return the MIME type of a picture whose first bytes puremagic does not know, or takes for something else."""
    if head[4:8] == b"ftyp":
        # The main brand may only say "a picture"; the brands behind it name the encoding.
        brands = {head[position : position + 4] for position in range(16, min(head[3], len(head)), 4)} | {head[8:12]}
        if brands & _AVIF_BRANDS:
            return "image/avif"
        return "image/heic" if head[8:12] in _HEIF_BRANDS else None
    if head.startswith(_JPEG_XL_STARTS):
        return "image/jxl"
    return "image/svg+xml" if _SVG.match(head) else None


def _find_best_match(head: bytes) -> puremagic.PureMagicWithConfidence | None:
    try:
        matches = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return None
    return next((match for match in matches if match.mime_type or match.name), None)


def find_embedded_format(path: Path, own: str = "") -> str | None:
    """Return the name of another format that the file contains, or None. The file must not be empty.

    Args:
        path: The file.
        own: The name of the file's own format, if this function knows it.
    """
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        head = content[:_SNIFFED_BYTES]
        if content.find(_EICAR) >= 0:
            return "malware's test file"
        if _WEB_PAGE.search(head):
            return "a web page"
        if b"%PDF-" in head[:1024] and own != "a PDF document":
            return "a PDF document"
        # The end mark alone has four bytes, which one in some thousands of videos contains by chance.
        if own != "an archive" and content.rfind(_ZIP_DIRECTORY) >= 0 and zipfile.is_zipfile(path):
            return "an archive"
    return None
