"""What a worker should find ready: both engines, and Reddit's session with its certificate store."""

import importlib

from boss_bot_gallerydl.engine import find_extractor
from boss_bot_gallerydl.engine import warm_up as warm_up_engine


def warm_up() -> None:
    """Import the engines and make one idle session, whose TLS settings all later ones share; no I/O."""
    warm_up_engine()
    importlib.import_module("yt_dlp")
    extractor = find_extractor("https://www.reddit.com/comments/1")
    if extractor is not None:
        extractor.initialize()
        extractor.session.close()
