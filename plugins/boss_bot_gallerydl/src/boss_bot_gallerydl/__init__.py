"""Boss-Bot plugin: the gallery-dl engine; other plugins build on `boss_bot_gallerydl.engine`."""

from typing import Final

ENGINE: Final = "gallery-dl"
"""The engine's name in a plugin's matches. Of two matches with one engine, the bot tries only the better one."""
