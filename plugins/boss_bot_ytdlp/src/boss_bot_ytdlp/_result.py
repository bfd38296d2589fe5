"""Builds the download's result from yt-dlp's info dictionary, and checks the content of the files.

A page or a list of stream segments that is saved under the name of a media file is refused.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from boss_bot_core.plugin import (
    DownloadResult,
    EngineBrokenError,
    FetchedFile,
    FileKind,
    FileRejectedError,
    NothingFoundError,
    SkippedFile,
)
from boss_bot_ytdlp._file_types import get_file_kind
from boss_bot_ytdlp._metadata import Info, build_media_info, get_title

_HEAD_BYTES: Final = 512
_TEXT_STARTS: Final = (
    *(b"<!doctype", b"<html", b"<head", b"<?xml", b"<svg", b"<mpd"),
    *(b"#extm3u", b"ffconcat", b"{", b"[{"),
)


def is_text_file(path: Path) -> bool:
    """Return whether the file starts like a page, a manifest or JSON."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_TEXT_STARTS)


def check_file(path: Path) -> None:
    """Check a file that the engine reports as finished.

    Raises:
        EngineBrokenError: The file is missing or empty.
        FileRejectedError: The file is a page or a list of stream segments.
    """
    if not path.is_file() or not path.stat().st_size:
        raise EngineBrokenError("The engine said that it was done, but there is no file.")
    if is_text_file(path):
        raise FileRejectedError("What arrived is a text, not a media file.")


def build_result(info: Info | None, skipped: tuple[SkippedFile, ...]) -> DownloadResult:
    """Return the files that `info` names, in source order.

    Raises:
        NothingFoundError: `info` names no file.
        EngineBrokenError: A file that `info` names is missing.
        FileRejectedError: A file is a page or a list of stream segments.
    """
    videos = list(_iterate_videos(info))
    files = tuple(_build_file(video, part) for video in videos for part in video.get("requested_downloads") or ())
    if not files:
        raise NothingFoundError("There is no video, sound or picture at that address.")
    return DownloadResult(files=files, media=build_media_info(videos[0]), skipped=skipped)


def _iterate_videos(info: Info | None) -> Iterator[Info]:
    if info is None:
        return
    if "entries" not in info:
        yield info
        return
    for entry in info["entries"]:
        yield from _iterate_videos(entry)


def _build_file(video: Info, download: dict[str, Any]) -> FetchedFile:
    path = Path(download["filepath"])
    check_file(path)
    extension = path.suffix.removeprefix(".")
    title = get_title(video) or path.stem
    return FetchedFile(path=path, kind=_get_kind(video | download, extension), name=f"{title}.{extension}")


def _get_kind(info: Info, extension: str) -> FileKind:
    kind = get_file_kind(extension)
    return "audio" if kind == "video" and info.get("vcodec") == "none" else kind
