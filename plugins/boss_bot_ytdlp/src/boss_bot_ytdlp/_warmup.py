"""The warm-up of yt-dlp in the zygote: work that every worker forked from it would repeat otherwise.

Measured in seconds: import 0.4, patterns 0.2, TLS store 0.02, ffmpeg's probe 0.07. The 1,700 extractors stay lazy (all
their modules take 1.2 s and 15 MB), except for the ones that nearly every job needs.
"""

from pathlib import Path
from typing import Final

from yt_dlp import YoutubeDL
from yt_dlp.postprocessor.ffmpeg import FFmpegPostProcessor

from boss_bot_core.plugin import find_ffmpeg
from boss_bot_ytdlp._certificates import get_default_tls_context
from boss_bot_ytdlp._extractors import find_claiming_extractor, load_extractors

_COMMON_EXTRACTORS: Final = ("Generic", "HTML5MediaEmbed", "QuotedHTML", "Youtube", "Twitter", "Reddit", "Vimeo")
_UNKNOWN_ADDRESS: Final = "https://nothing.invalid/"


def warm_up() -> None:
    """Import and warm yt-dlp; it opens no connection and leaves no thread."""
    # Matching an unknown address compiles every pattern.
    find_claiming_extractor("", _UNKNOWN_ADDRESS)
    for key in _COMMON_EXTRACTORS:
        _ = load_extractors()[key].real_class
    get_default_tls_context()
    if ffmpeg := find_ffmpeg():
        _probe_ffmpeg(ffmpeg)


def _probe_ffmpeg(ffmpeg: Path) -> None:
    # yt-dlp caches what it learns about each ffmpeg path, for the whole process.
    with YoutubeDL({"ffmpeg_location": str(ffmpeg), "quiet": True}, auto_init=False) as engine:
        processor = FFmpegPostProcessor(engine)
        _ = processor.available, processor.probe_available
