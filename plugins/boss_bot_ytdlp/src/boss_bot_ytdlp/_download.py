"""One download from start to end: the address of a file, a site's extractor, or the media embedded in a page."""

import random
from pathlib import Path
from urllib.parse import urlsplit

import attrs
from yt_dlp.utils import PostProcessingError, UnsupportedError

from boss_bot_core.plugin import (
    DownloadFailedError,
    DownloadRequest,
    DownloadResult,
    EngineBrokenError,
    NothingFoundError,
)
from boss_bot_ytdlp import _stream_parts
from boss_bot_ytdlp._direct_file import fetch_file, is_direct
from boss_bot_ytdlp._engine import Engine
from boss_bot_ytdlp._entries import list_other_posts
from boss_bot_ytdlp._errors import to_download_error
from boss_bot_ytdlp._extractors import EMBEDS, GENERIC, find_claiming_extractor, load_extractors
from boss_bot_ytdlp._http_errors import iterate_causes
from boss_bot_ytdlp._last_page import LastPage
from boss_bot_ytdlp._metadata import Info
from boss_bot_ytdlp._result import build_result


def download(request: DownloadRequest) -> DownloadResult:
    """Fetch `request.url` into `request.directory`.

    Raises:
        DownloadFailedError: The typed error for any exception of yt-dlp.
    """
    # Workers are forks of one process: without a new seed all of them would use the same device ids.
    random.seed()
    with Engine(request) as engine:
        last_page = LastPage()
        last_page.install()
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
            failure = to_download_error(error, host, engine.request_error)
            if isinstance(failure, NothingFoundError | EngineBrokenError):
                failure = last_page.explain() or failure
            raise failure from error
        is_resumed = engine.part_requests.is_resumed
    files = tuple(attrs.evolve(file, is_resumed=is_resumed) for file in result.files)
    return attrs.evolve(result, files=files)


def _discard_files(directory: Path) -> None:
    """Delete all media files: ffmpeg could not read them, and a retry would give it the same ones again."""
    for path in directory.glob("media-*"):
        path.unlink()


def _fetch(engine: Engine, request: DownloadRequest) -> DownloadResult:
    if is_direct(request) and (result := fetch_file(engine, request)) is not None:
        return result
    key = find_claiming_extractor(request.media_key, request.url).ie_key()
    info = _extract_page(engine, request.url) if key == GENERIC else engine.extract_info(request.url, ie_key=key)
    skipped = (*engine.skipped, *list_other_posts(key, request.options))
    return build_result(info, skipped, engine.part_requests.responses)


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
