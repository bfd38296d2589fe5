"""Boss-Bot plugin: the yt-dlp engine; plugins for one of its sites build on `boss_bot_ytdlp.engine`."""

from typing import Final

ENGINE: Final = "yt-dlp"
"""The engine's name in a plugin's matches. Of two matches with one engine, the bot tries only the better one."""
