"""One download from beginning to end: the direct way, a site's extractor, or a page's embedded media."""

import random
from typing import Any
from urllib.parse import urlsplit

from yt_dlp.utils import UnsupportedError

from boss_bot_core.plugin import DownloadFailedError, DownloadRequest, DownloadResult
from boss_bot_ytdlp import _kinds
from boss_bot_ytdlp._causes import causes_of
from boss_bot_ytdlp._direct import fetch_direct
from boss_bot_ytdlp._engine import Engine
from boss_bot_ytdlp._extractors import EMBEDS, GENERIC, extractor_named, extractors
from boss_bot_ytdlp._failures import failure_of
from boss_bot_ytdlp._match import DIRECT
from boss_bot_ytdlp._outcome import result_of

Info = dict[str, Any]


def download(request: DownloadRequest) -> DownloadResult:
    """Fetch `request.url` into `request.directory`.

    Raises:
        DownloadFailedError: One of its kinds, whatever yt-dlp raised.
    """
    # Workers are forks of one process: without this all of them would draw the same device ids.
    random.seed()
    with Engine(request) as engine:
        try:
            return _fetch(engine, request)
        except DownloadFailedError:
            raise
        except Exception as error:
            host = urlsplit(request.url).hostname or "the site"
            raise failure_of(error, host, engine.wire_error) from error


def _fetch(engine: Engine, request: DownloadRequest) -> DownloadResult:
    if _is_direct(request) and (result := fetch_direct(engine, request)) is not None:
        return result
    key = extractor_named(request.media_key, request.url).ie_key()
    info = _look_at_page(engine, request.url) if key == GENERIC else engine.extract_info(request.url, ie_key=key)
    return result_of(info, engine.skipped)


def _is_direct(request: DownloadRequest) -> bool:
    if not request.media_key.startswith(DIRECT):
        return False
    extension = _kinds.extension_of(urlsplit(request.url).path)
    # A list of segments has to be read, and the sound of a video to be taken out: both are an extractor's work.
    needs_sound_alone = request.options.audio_only and _kinds.kind_of(extension) == "video"
    return extension not in _kinds.MANIFESTS and not needs_sound_alone


def _look_at_page(engine: Engine, url: str) -> Info | None:
    engine.allow([GENERIC, *EMBEDS])
    try:
        return engine.extract_info(url, ie_key=GENERIC)
    except Exception as error:
        if not any(isinstance(cause, UnsupportedError) for cause in causes_of(error)):
            raise
    # Nothing well known is embedded: now every extractor may look, which imports them all.
    engine.allow(extractors())
    return engine.extract_info(url, ie_key=GENERIC)
