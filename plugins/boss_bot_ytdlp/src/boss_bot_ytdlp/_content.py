"""The first bytes of what arrived: a page or a list of segments saved under a media file's name is no media file."""

from pathlib import Path
from typing import Final

from boss_bot_core.plugin import EngineBrokenError, FileRejectedError

_HEAD_BYTES: Final = 512
_TEXTS: Final = (b"<!doctype", b"<html", b"<head", b"<?xml", b"<svg", b"<mpd", b"#extm3u", b"ffconcat", b"{", b"[{")


def is_text(path: Path) -> bool:
    """Tell whether the file begins like a page, a manifest or JSON."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_TEXTS)


def check_arrived(path: Path) -> None:
    """Look at a file that the engine calls finished.

    Raises:
        EngineBrokenError: It is not there, or empty.
        FileRejectedError: It is a page or a list of segments.
    """
    if not path.is_file() or not path.stat().st_size:
        raise EngineBrokenError("The engine said that it was done, but there is no file.")
    if is_text(path):
        raise FileRejectedError("What arrived is a text, not a media file.")
