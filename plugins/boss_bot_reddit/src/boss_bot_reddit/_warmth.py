"""What a worker should find ready: both engines, and Reddit's session with its certificate store."""

import importlib
from typing import Final

from boss_bot_gallerydl.engine import find_extractor
from boss_bot_gallerydl.engine import warm_up as warm_up_engine

_NEEDED: Final = ("yt_dlp", "gallery_dl.downloader.ytdl", "imageio_ffmpeg", "boss_bot_reddit._download")


def warm_up() -> None:
    """Import the engines and make one idle session, whose TLS settings all later ones share; no I/O."""
    warm_up_engine()
    for module in _NEEDED:
        importlib.import_module(module)
    extractor = find_extractor("https://www.reddit.com/comments/1")
    if extractor is not None:
        extractor.initialize()
        extractor.session.close()
