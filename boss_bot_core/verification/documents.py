"""The inspection of files that are no media, for platforms that declare them: PDF documents and subtitles.

No other document is ever accepted: web pages, SVG pictures, programs and office documents can run code where they are
opened.
"""

import mmap
import re
from collections.abc import Collection
from pathlib import Path

from boss_bot_core.domain.sizes import MEGABYTE
from boss_bot_core.plugin import ExtraFileType, FileFacts, FileRejectedError
from boss_bot_core.verification.archives import inspect_archive
from boss_bot_core.verification.signatures import find_embedded_format

_PDF_MARK = b"%PDF-"
_PDF_END = b"%%EOF"
_PDF_END_BYTES = 2048
"""Writers put line ends or a few bytes after the end mark."""
_ACTIVE_PDF = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|EmbeddedFiles|RichMedia)\b")
"""Names of a PDF for scripts, programs and attached files."""

_MAX_SUBTITLE_BYTES = 4 * MEGABYTE
_TIME = r"(\d+:)?\d{1,2}:\d\d[,.]\d{3}"
_SUBRIP = re.compile(rf"\s*\d+[ \t]*\r?\n{_TIME}[ \t]+-->[ \t]+{_TIME}")
_WEBVTT = re.compile(r"WEBVTT([ \t].*)?\r?(\n|$)")
_MARKUP = re.compile(r"<\s*(!|\?|/?\s*(html|head|body|script|iframe|object|embed|svg|img|link|meta)\b)", re.IGNORECASE)
_CONTROL = re.compile(r"[\0-\b\v\f\x0e-\x1f]")


def inspect_document(path: Path, types: Collection[ExtraFileType]) -> FileFacts | None:
    """Return the facts of a file that its content shows to be one of `types`; None for any other file.

    Raises:
        FileRejectedError: The file is one of the types, and damaged or dangerous.
    """
    with path.open("rb") as stream:
        head = stream.read(_PDF_END_BYTES)
    if "pdf" in types and head.startswith(_PDF_MARK):
        return _inspect_pdf(path)
    if "zip" in types and head.startswith(b"PK\x03\x04"):
        _reject_embedded(path, own="an archive")
        return inspect_archive(path)
    text = head.decode("utf-8", "ignore").removeprefix("\ufeff")
    if "subtitles" in types and (_WEBVTT.match(text) or _SUBRIP.match(text)):
        return _inspect_subtitles(path)
    return None


def _inspect_pdf(path: Path) -> FileFacts:
    _reject_embedded(path, own="a PDF document")
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content.find(_PDF_END, max(0, len(content) - _PDF_END_BYTES)) < 0:
            raise FileRejectedError("The file is cut off.")
        if _ACTIVE_PDF.search(content):
            raise FileRejectedError("The PDF document contains scripts, programs or other files.")
    return FileFacts(mime_type="application/pdf", extension=".pdf")


def _inspect_subtitles(path: Path) -> FileFacts:
    if path.stat().st_size > _MAX_SUBTITLE_BYTES:
        raise FileRejectedError("The subtitles are too long.")
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileRejectedError("The subtitles are not in UTF-8.") from error
    if _CONTROL.search(text) or _MARKUP.search(text):
        raise FileRejectedError("The subtitles contain something else than words.")
    if _WEBVTT.match(text):
        return FileFacts(mime_type="text/vtt", extension=".vtt")
    return FileFacts(mime_type="application/x-subrip", extension=".srt")


def _reject_embedded(path: Path, own: str) -> None:
    embedded = find_embedded_format(path, own=own)
    if embedded is not None:
        raise FileRejectedError(f"The file is not only {own}: it is also {embedded}.")
