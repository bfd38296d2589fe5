"""Builds the download's result from yt-dlp's info dictionary, and checks the content of the files.

A text that came under the name of a media file is refused, with the reason that it gives.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from boss_bot_core.plugin import (
    DownloadResult,
    EngineBrokenError,
    FetchedFile,
    FileKind,
    NothingFoundError,
    SkippedFile,
    build_text_error,
    find_source_name,
    read_text,
)
from boss_bot_ytdlp._file_types import get_file_kind
from boss_bot_ytdlp._metadata import Info, build_media_info, get_file_name
from boss_bot_ytdlp._part_requests import FileResponse


def check_file(path: Path, url: str) -> None:
    """Check a file that the engine reports as finished.

    Args:
        path: Path of the file.
        url: Address of the file.

    Raises:
        DownloadFailedError: The file is missing or empty, or a text: the error that the text explains.
    """
    if not path.is_file() or not path.stat().st_size:
        raise EngineBrokenError("The engine said that it was done, but there is no file.")
    if (text := read_text(path)) is not None:
        raise build_text_error(text, url)


def build_result(
    info: Info | None, skipped: tuple[SkippedFile, ...], responses: Mapping[Path, FileResponse]
) -> DownloadResult:
    """Return the files that `info` names, in source order.

    Args:
        info: yt-dlp's dictionary.
        skipped: Entries of the post that were not fetched.
        responses: The response for each file; see `PartRequests`.

    Raises:
        NothingFoundError: `info` names no file.
        DownloadFailedError: See `check_file`.
    """
    videos = list(_iterate_videos(info))
    files = tuple(
        _build_file(video, part, responses) for video in videos for part in video.get("requested_downloads") or ()
    )
    if not files:
        raise NothingFoundError("There is no video or sound at that address.")
    return DownloadResult(files=files, media=build_media_info(videos[0]), skipped=skipped)


def _iterate_videos(info: Info | None) -> Iterator[Info]:
    if info is None:
        return
    if "entries" not in info:
        yield info
        return
    for entry in info["entries"]:
        yield from _iterate_videos(entry)


def _build_file(video: Info, download: dict[str, Any], responses: Mapping[Path, FileResponse]) -> FetchedFile:
    path, response = Path(download["filepath"]), responses.get(Path(download["filepath"]).with_suffix(""))
    extension = path.suffix.removeprefix(".")
    info = video | download
    url = str(info.get("url") or info.get("webpage_url") or "")
    check_file(path, response.url if response else url)
    # The name in an address may be a script's; the server may know a better one.
    name = (
        find_source_name(url, response.headers) if response and info.get("direct") else get_file_name(info, extension)
    )
    return FetchedFile(path=path, kind=_get_kind(info, extension), name=name or path.name)


def _get_kind(info: Info, extension: str) -> FileKind:
    kind = get_file_kind(extension)
    return "audio" if kind == "video" and info.get("vcodec") == "none" else kind
