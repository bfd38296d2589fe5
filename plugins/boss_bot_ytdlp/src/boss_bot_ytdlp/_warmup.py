"""Everything about yt-dlp that costs time once, paid in the zygote: each worker forked from it starts with it done.

Measured in seconds: import 0.4, patterns 0.2, TLS store 0.02, ffmpeg's probe 0.07. The 1,700 extractors stay lazy (all
their modules take 1.2 s and 15 MB), except those that nearly every job needs.
"""

import shutil
from typing import Final

import imageio_ffmpeg
from yt_dlp import YoutubeDL
from yt_dlp.postprocessor.ffmpeg import FFmpegPostProcessor

from boss_bot_ytdlp._extractors import extractor_named, extractors
from boss_bot_ytdlp._trust import usual_context

_ALWAYS: Final = ("Generic", "HTML5MediaEmbed", "QuotedHTML", "Youtube", "Twitter", "Reddit", "Vimeo")
_NOWHERE: Final = "https://nothing.invalid/"


def warm_up() -> None:
    """Import and warm yt-dlp; no network, and no thread stays behind."""
    # Matching an address that nobody knows compiles every pattern.
    extractor_named("", _NOWHERE)
    for key in _ALWAYS:
        _ = extractors()[key].real_class
    usual_context()
    for ffmpeg in _likely_ffmpegs():
        _probe(ffmpeg)


def _likely_ffmpegs() -> list[str]:
    system = shutil.which("ffmpeg")
    return [system] if system else [imageio_ffmpeg.get_ffmpeg_exe()]


def _probe(ffmpeg: str) -> None:
    # yt-dlp keeps what it learnt per path, for the whole process.
    with YoutubeDL({"ffmpeg_location": ffmpeg, "quiet": True}, auto_init=False) as engine:
        processor = FFmpegPostProcessor(engine)
        _ = processor.available, processor.probe_available
