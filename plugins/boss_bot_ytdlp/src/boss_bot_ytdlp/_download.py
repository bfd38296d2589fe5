"""One download from start to end: the address of a file, a site's extractor, or the media embedded in a page."""

import random
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import attrs
from yt_dlp.utils import PostProcessingError, UnsupportedError

from boss_bot_core.plugin import (
    Described,
    DownloadFailedError,
    DownloadRequest,
    DownloadResult,
    EngineBrokenError,
    FetchedFile,
    MediaInfo,
)
from boss_bot_ytdlp import _file_types, _stream_parts
from boss_bot_ytdlp._engine import Engine
from boss_bot_ytdlp._entries import list_other_posts
from boss_bot_ytdlp._errors import to_download_error
from boss_bot_ytdlp._extractors import EMBEDS, GENERIC, find_claiming_extractor, load_extractors
from boss_bot_ytdlp._http_errors import iterate_causes
from boss_bot_ytdlp._match import DIRECT_PREFIX
from boss_bot_ytdlp._metadata import Info
from boss_bot_ytdlp._result import build_result, is_text_file


def download(request: DownloadRequest) -> DownloadResult:
    """Fetch `request.url` into `request.directory`.

    Raises:
        DownloadFailedError: The typed error for any exception of yt-dlp.
    """
    # Workers are forks of one process: without a new seed all of them would use the same device ids.
    random.seed()
    with Engine(request) as engine:
        engine.part_requests.install()
        _stream_parts.install()
        try:
            result = _fetch(engine, request)
        except DownloadFailedError:
            raise
        except Exception as error:
            if any(isinstance(cause, PostProcessingError) for cause in iterate_causes(error)):
                _discard_files(request.directory)
            host = urlsplit(request.url).hostname or "the site"
            raise to_download_error(error, host, engine.request_error) from error
        is_resumed = engine.part_requests.is_resumed
    files = tuple(attrs.evolve(file, is_resumed=is_resumed) for file in result.files)
    return attrs.evolve(result, files=files)


def _discard_files(directory: Path) -> None:
    """Delete all media files: ffmpeg could not read them, and a retry would give it the same ones again."""
    for path in directory.glob("media-*"):
        path.unlink()


def _fetch(engine: Engine, request: DownloadRequest) -> DownloadResult:
    if _is_direct(request) and (result := _fetch_file(engine, request)) is not None:
        return result
    key = find_claiming_extractor(request.media_key, request.url).ie_key()
    info = _extract_page(engine, request.url) if key == GENERIC else engine.extract_info(request.url, ie_key=key)
    return build_result(info, (*engine.skipped, *list_other_posts(key, request.options)))


def _is_direct(request: DownloadRequest) -> bool:
    if not request.media_key.startswith(DIRECT_PREFIX):
        return False
    extension = _file_types.get_extension(urlsplit(request.url).path)
    # Only an extractor can read a list of segments, or take the audio out of a video.
    needs_audio_extraction = request.options.audio_only and _file_types.get_file_kind(extension) == "video"
    return extension not in _file_types.MANIFESTS and not needs_audio_extraction


def _fetch_file(engine: Engine, request: DownloadRequest) -> DownloadResult | None:
    """Fetch the file at `request.url` without an extractor; None if it is a page or a list of segments.

    The generic extractor would make two requests, and it does not know pictures.
    """
    address = urlsplit(request.url).path
    extension = _file_types.get_extension(address)
    path = request.directory / f"media-001.{extension}"
    media = MediaInfo(permalink=request.url)
    request.report(Described(media=media))
    info: dict[str, Any] = {"id": "direct", "title": path.name, "url": request.url, "ext": extension}
    succeeded, _ = engine.dl(str(path), info)
    if not succeeded:
        raise EngineBrokenError("yt-dlp ended without the file, and without saying why.")
    if is_text_file(path):
        path.unlink()
        return None
    kind, name = _file_types.get_file_kind(extension), _file_types.get_basename(address)
    return DownloadResult(files=(FetchedFile(path=path, kind=kind, name=name),), media=media)


def _extract_page(engine: Engine, url: str) -> Info | None:
    engine.add_extractors([GENERIC, *EMBEDS])
    try:
        return engine.extract_info(url, ie_key=GENERIC)
    except Exception as error:
        if not any(isinstance(cause, UnsupportedError) for cause in iterate_causes(error)):
            raise
    # The page embeds no common player. The second try uses every extractor, which imports all their modules.
    engine.add_extractors(load_extractors())
    return engine.extract_info(url, ie_key=GENERIC)
