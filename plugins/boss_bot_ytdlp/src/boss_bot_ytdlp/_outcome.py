"""From yt-dlp's finished info to our result: the files that are really there, checked against what was asked for."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from boss_bot_core.plugin import (
    DownloadResult,
    FetchedFile,
    FileKind,
    NothingFoundError,
    SkippedFile,
)
from boss_bot_ytdlp import _kinds
from boss_bot_ytdlp._content import check_arrived
from boss_bot_ytdlp._metadata import media_info, title_of

Info = dict[str, Any]


def result_of(info: Info | None, skipped: tuple[SkippedFile, ...]) -> DownloadResult:
    """Return the files that `info` speaks of, in source order.

    Raises:
        NothingFoundError: There are none.
        EngineBrokenError: A file that should be there is not.
        FileRejectedError: A file is a page or a list of segments.
    """
    videos = list(_videos(info))
    files = tuple(_file(video, part) for video in videos for part in video.get("requested_downloads") or ())
    if not files:
        raise NothingFoundError("There is no video, sound or picture at that address.")
    return DownloadResult(files=files, media=media_info(videos[0]), skipped=skipped)


def _videos(info: Info | None) -> Iterator[Info]:
    if info is None:
        return
    if "entries" not in info:
        yield info
        return
    for entry in info["entries"]:
        yield from _videos(entry)


def _file(video: Info, download: Info) -> FetchedFile:
    path = Path(download["filepath"])
    check_arrived(path)
    extension = path.suffix.removeprefix(".")
    title = title_of(video) or path.stem
    return FetchedFile(path=path, kind=_kind(video | download, extension), name=f"{title}.{extension}")


def _kind(info: Info, extension: str) -> FileKind:
    promised = _kinds.kind_of(extension)
    if promised == "video" and info.get("vcodec") == "none":
        return "audio"
    return promised
