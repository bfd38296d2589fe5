"""The warm-up of yt-dlp in the zygote: work that every worker forked from it would repeat otherwise.

Measured in seconds: import 0.4, patterns 0.2, TLS store 0.02, ffmpeg's probe 0.07. The 1,700 extractors stay lazy (all
their modules take 1.2 s and 15 MB), except for the ones that nearly every job needs.
"""

import importlib
from pathlib import Path
from typing import Final

import yt_dlp.globals
from yt_dlp import YoutubeDL
from yt_dlp.downloader.dash import DashSegmentsFD
from yt_dlp.downloader.fragment import FragmentFD
from yt_dlp.downloader.hls import HlsFD
from yt_dlp.downloader.http import HttpFD
from yt_dlp.extractor.common import InfoExtractor
from yt_dlp.networking.common import RequestDirector, RequestHandler
from yt_dlp.networking.exceptions import HTTPError
from yt_dlp.postprocessor.ffmpeg import FFmpegPostProcessor
from yt_dlp.utils import ExtractorError
from yt_dlp.utils._utils import _UnsafeExtensionError

from boss_bot_core.plugin import check_names, find_ffmpeg
from boss_bot_ytdlp._certificates import get_default_tls_context
from boss_bot_ytdlp._extractors import find_claiming_extractor, get_extractor, load_extractors

_COMMON_EXTRACTORS: Final = ("Generic", "HTML5MediaEmbed", "QuotedHTML", "Youtube", "Twitter", "Reddit", "Vimeo")
_UNKNOWN_ADDRESS: Final = "https://nothing.invalid/"


def warm_up(*extractors: str) -> None:
    """Import and warm yt-dlp; it opens no connection and leaves no thread.

    Args:
        extractors: Names of further extractors to import, as `yt-dlp --list-extractors` prints them.

    Raises:
        ImportError: The installed yt-dlp lacks something that a download uses.
        ValueError: yt-dlp has no extractor with one of these names.
    """
    # Every module that a download imports: what they miss is told now, and no worker imports them again.
    importlib.import_module("boss_bot_ytdlp._download")
    _check_engine()
    # Matching an unknown address compiles the patterns that may match any one.
    find_claiming_extractor("", _UNKNOWN_ADDRESS)
    for extractor in (*(load_extractors()[key] for key in _COMMON_EXTRACTORS), *map(get_extractor, extractors)):
        _ = extractor.real_class
    get_default_tls_context()
    if ffmpeg := find_ffmpeg():
        _probe_ffmpeg(ffmpeg)


def _check_engine() -> None:
    """Check what the modules of a download use of yt-dlp beyond the names that they import."""
    check_names(YoutubeDL, "add_info_extractor", "build_request_director", "close", "cookiejar", "dl", "extract_info")
    check_names(YoutubeDL, "_ies", "_num_downloads", "params", "post_process", "process_ie_result", "urlopen")
    check_names(InfoExtractor, "_ENABLED", "_VALID_URL", "SEARCH_KEY", "ie_key", "suitable", "_webpage_read_content")
    check_names(HttpFD, "real_download", "temp_name")
    check_names(HlsFD, "real_download")
    check_names(DashSegmentsFD, "real_download")
    check_names(FragmentFD, "download_and_append_fragments")
    check_names(RequestDirector, "handlers")
    check_names(RequestHandler, "_make_sslcontext")
    check_names(HTTPError, "close", "redirect_loop", "response", "status")
    check_names(ExtractorError, "expected", "orig_msg")
    check_names(_UnsafeExtensionError, "ALLOWED_EXTENSIONS")
    check_names(FFmpegPostProcessor, "available", "probe_available")
    check_names(yt_dlp.globals, "plugin_dirs")


def _probe_ffmpeg(ffmpeg: Path) -> None:
    # yt-dlp caches what it learns about each ffmpeg path, for the whole process.
    with YoutubeDL({"ffmpeg_location": str(ffmpeg), "quiet": True}, auto_init=False) as engine:
        processor = FFmpegPostProcessor(engine)
        _ = processor.available, processor.probe_available
