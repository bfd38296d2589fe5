"""What a file's first bytes say it is, before any decoder gets to see it.

Files that are two things at once: media for a decoder, and something else for a browser, a reader or an unpacker.
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
# Containers that puremagic files under "application", or knows by some of their brands only.
_CONTAINERS = frozenset({"application/ogg", "application/x-matroska", "application/mp4"})
_ISO_BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"styp"})


@attrs.frozen
class Signature:
    """What the first bytes say.

    Attributes:
        family: Who decodes it; None where it is surely no media.
        name: What it is, for people.
    """

    family: Literal["picture", "stream", "unknown"] | None
    name: str


def read_signature(path: Path) -> Signature:
    """Return what the file's first bytes say."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD_BYTES)
    best = _find_best_match(head)
    if best is not None and best.mime_type.startswith("image/"):
        return Signature("picture", best.mime_type)
    if head[4:8] in _ISO_BOXES:
        return Signature("stream", "video/mp4")
    if best is None or (best.confidence < _MIN_CONFIDENCE and not best.mime_type):
        return Signature("unknown", "of an unknown type")
    if best.mime_type.startswith(("video/", "audio/")) or best.mime_type in _CONTAINERS:
        return Signature("stream", best.mime_type)
    return Signature(None, best.name or best.mime_type)


def _find_best_match(head: bytes) -> puremagic.PureMagicWithConfidence | None:
    try:
        matches = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return None
    return next((match for match in matches if match.mime_type or match.name), None)


# Put together here, so that a scanner does not take this source for the sample.
_EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-" + b"TEST-FILE!$H+H*"
# A browser that guesses types reads 1,445 bytes; a PDF reader looks for its mark in the first 1,024.
_SNIFFED_BYTES = 2048
_WEB_PAGE = re.compile(rb"<(!doctype\s+html|html|head|body|script|iframe)[\s>/]|<\?php", re.IGNORECASE)
_ZIP_DIRECTORY = b"PK\x01\x02"


def find_embedded_format(path: Path) -> str | None:
    """Return what the media file at `path` is besides, or None. The file must not be empty."""
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        head = content[:_SNIFFED_BYTES]
        if content.find(_EICAR) >= 0:
            return "malware's test file"
        if _WEB_PAGE.search(head):
            return "a web page"
        if b"%PDF-" in head[:1024]:
            return "a PDF document"
        # The end mark alone is four bytes, which chance puts into one video of some thousands.
        if content.rfind(_ZIP_DIRECTORY) >= 0 and zipfile.is_zipfile(path):
            return "an archive"
    return None
