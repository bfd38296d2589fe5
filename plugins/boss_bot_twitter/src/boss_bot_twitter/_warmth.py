"""What a worker should find ready: the engine, and X's session with its certificate store."""

import importlib

from boss_bot_gallerydl.engine import find_extractor
from boss_bot_gallerydl.engine import warm_up as warm_up_engine


def warm_up() -> None:
    """Import the engine and make one idle session, whose TLS settings all later ones share; no I/O."""
    warm_up_engine()
    importlib.import_module("boss_bot_twitter._download")
    extractor = find_extractor("https://x.com/i/status/1")
    if extractor is not None:
        extractor.initialize()
        extractor.session.close()
