"""One download from start to end: the address of a file, a site's extractor, or the media embedded in a page."""

import random
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import attrs
from yt_dlp.utils import PostProcessingError, UnsupportedError

from boss_bot_core.plugin import (
    AuthRequiredError,
    DownloadFailedError,
    DownloadRequest,
    DownloadResult,
    EngineBrokenError,
    NotFoundError,
    NothingFoundError,
    PermissionDeniedError,
    UnsupportedUrlError,
)
from boss_bot_ytdlp import _decryption, _stream_parts
from boss_bot_ytdlp._direct_file import fetch_file, is_direct
from boss_bot_ytdlp._entries import list_other_posts
from boss_bot_ytdlp._errors import to_download_error
from boss_bot_ytdlp._extractors import EMBEDS, GENERIC, find_claiming_extractor, load_extractors
from boss_bot_ytdlp._http_errors import iterate_causes
from boss_bot_ytdlp._last_page import LastPage
from boss_bot_ytdlp._metadata import Info
from boss_bot_ytdlp._result import build_result
from boss_bot_ytdlp._settings import YtdlpSettings
from boss_bot_ytdlp._youtube_dl import Engine

if TYPE_CHECKING:
    from boss_bot_ytdlp._format_selector import FormatSelector

_PART_NUMBER: Final = re.compile(r"[?&]img_index=\d")
"""A link to one part of a post: yt-dlp lists its videos only, so it cannot count."""


def download(request: DownloadRequest[YtdlpSettings]) -> DownloadResult:
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
        _decryption.install()
        try:
            result = _fetch(engine, request)
        except DownloadFailedError:
            raise
        except Exception as error:
            if any(isinstance(cause, PostProcessingError) for cause in iterate_causes(error)):
                _discard_files(request.directory)
            failure = _explain(engine, request.url, error)
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


def _fetch(engine: Engine, request: DownloadRequest[YtdlpSettings]) -> DownloadResult:
    if is_direct(request) and (result := fetch_file(engine, request)) is not None:
        return result
    if _PART_NUMBER.search(request.url):
        raise UnsupportedUrlError("yt-dlp does not know the parts of a post by their numbers.")
    key = find_claiming_extractor(request.media_key, request.url).ie_key()
    info = _extract_allowed(engine, request.url, key)
    skipped = (*engine.skipped, *list_other_posts(key, request.options))
    return build_result(info, skipped, engine.part_requests.responses)


def _extract_allowed(engine: Engine, url: str, key: str) -> Info | None:
    """Extract and fetch; a version that its host refuses is replaced by the next one."""
    selector: FormatSelector = engine.params["format"]
    while True:
        try:
            return _extract_page(engine, url) if key == GENERIC else engine.extract_info(url, ie_key=key)
        except Exception as error:
            failure = _explain(engine, url, error)
            is_refusal = isinstance(failure, AuthRequiredError | NotFoundError | PermissionDeniedError)
            if not is_refusal or not selector.refused.refuse_current():
                raise
        # The next try gives the files the same names, so that finished ones are kept.
        engine._num_downloads = 0  # noqa: SLF001 - yt-dlp counts its files nowhere else


def _explain(engine: Engine, url: str, error: Exception) -> DownloadFailedError:
    return to_download_error(error, urlsplit(url).hostname or "the site", engine.request_error)


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
