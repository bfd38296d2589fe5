"""The platform as people meet it in help texts; apart from the hooks because it is data."""

from typing import Final

from boss_bot_core.plugin import Platform

PLATFORM: Final = Platform(
    name="ytdlp",
    title="Other sites",
    description="Download from YouTube, Vimeo and every other site that yt-dlp knows, or a direct link to a media file",
    examples=(
        "https://www.youtube.com/watch?v=BaW_jenozKc",
        "https://vimeo.com/76979871",
        "https://example.com/clip.mp4",
    ),
    notes=(
        "One video per link: playlists, channels and live streams are not fetched.",
        "YouTube needs a JavaScript runtime beside the bot (see the plugin's README).",
    ),
)
