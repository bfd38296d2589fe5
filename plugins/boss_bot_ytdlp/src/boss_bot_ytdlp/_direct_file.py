"""A link to a file, which is fetched without an extractor.

The generic extractor would make two requests, and it does not know pictures.
"""

from typing import Any, Final

from boss_bot_core.plugin import (
    Described,
    DownloadRequest,
    DownloadResult,
    EngineBrokenError,
    FetchedFile,
    MediaInfo,
    build_text_error,
    find_source_name,
    read_text,
)
from boss_bot_ytdlp import _file_types
from boss_bot_ytdlp._direct_links import DIRECT_PREFIX
from boss_bot_ytdlp._part_requests import FileResponse
from boss_bot_ytdlp._youtube_dl import Engine

_EXTRACTED_STARTS: Final = ("<", "#EXTM3U")
"""Beginnings of pages, manifests and playlists, which an extractor can read."""


def is_direct(request: DownloadRequest) -> bool:
    """Return whether the request's link leads to a file that can be fetched as it is."""
    if not request.media_key.startswith(DIRECT_PREFIX):
        return False
    extension = _file_types.get_extension(request.url)
    # Only an extractor can read a list of segments, or take the audio out of a video.
    needs_audio_extraction = request.options.audio_only and _file_types.get_file_kind(extension) == "video"
    return extension not in _file_types.MANIFESTS and not needs_audio_extraction


def fetch_file(engine: Engine, request: DownloadRequest) -> DownloadResult | None:
    """Fetch the file at `request.url`; None if it is a page or a list of segments.

    Raises:
        DownloadFailedError: There is no file, or words in place of it.
    """
    extension = _file_types.get_extension(request.url)
    path = request.directory / f"media-001.{extension}"
    media = MediaInfo(permalink=request.url)
    request.report(Described(media=media))
    info: dict[str, Any] = {"id": "direct", "direct": True, "url": request.url, "ext": extension}
    succeeded, _ = engine.dl(str(path), info)
    if not succeeded:
        raise EngineBrokenError("yt-dlp ended without the file, and without saying why.")
    response = engine.part_requests.responses.get(path.with_suffix("")) or FileResponse(request.url, {})
    if (text := read_text(path)) is not None:
        path.unlink()
        if text.lstrip().startswith(_EXTRACTED_STARTS):
            return None
        raise build_text_error(text, response.url)
    kind, name = _file_types.get_file_kind(extension), find_source_name(request.url, response.headers)
    return DownloadResult(files=(FetchedFile(path=path, kind=kind, name=name),), media=media)
