"""The first bytes of what arrived: a page or a list of segments saved under a media file's name is no media file."""

from pathlib import Path
from typing import Final

_HEAD_BYTES: Final = 512
_TEXTS: Final = (b"<!doctype", b"<html", b"<head", b"<?xml", b"<svg", b"<mpd", b"#extm3u", b"{", b"[{")


def is_text(path: Path) -> bool:
    """Tell whether the file begins like a page, a manifest or JSON."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_TEXTS)
