"""The warm-up of yt-dlp in the zygote: work that every worker forked from it would repeat otherwise.

Measured in seconds: import 0.4, patterns 0.2, TLS store 0.02, ffmpeg's probe 0.07. The 1,700 extractors stay lazy (all
their modules take 1.2 s and 15 MB), except for the ones that nearly every job needs.
"""

import shutil
from typing import Final

import imageio_ffmpeg
from yt_dlp import YoutubeDL
from yt_dlp.postprocessor.ffmpeg import FFmpegPostProcessor

from boss_bot_ytdlp._certificates import get_default_tls_context
from boss_bot_ytdlp._extractors import find_claiming_extractor, get_extractor, load_extractors

_COMMON_EXTRACTORS: Final = ("Generic", "HTML5MediaEmbed", "QuotedHTML", "Youtube", "Twitter", "Reddit", "Vimeo")
_UNKNOWN_ADDRESS: Final = "https://nothing.invalid/"


def warm_up(*extractors: str) -> None:
    """Import and warm yt-dlp; it opens no connection and leaves no thread.

    Args:
        extractors: Names of further extractors to import, as `yt-dlp --list-extractors` prints them.

    Raises:
        ValueError: yt-dlp has no extractor with one of these names.
    """
    # Matching an unknown address compiles every pattern.
    find_claiming_extractor("", _UNKNOWN_ADDRESS)
    for extractor in (*(load_extractors()[key] for key in _COMMON_EXTRACTORS), *map(get_extractor, extractors)):
        _ = extractor.real_class
    get_default_tls_context()
    _probe_ffmpeg(shutil.which("ffmpeg") or imageio_ffmpeg.get_ffmpeg_exe())


def _probe_ffmpeg(ffmpeg: str) -> None:
    # yt-dlp caches what it learns about each ffmpeg path, for the whole process.
    with YoutubeDL({"ffmpeg_location": ffmpeg, "quiet": True}, auto_init=False) as engine:
        processor = FFmpegPostProcessor(engine)
        _ = processor.available, processor.probe_available
