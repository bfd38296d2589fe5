"""gallery-dl's sites as people meet them in help texts."""

from typing import Final

from boss_bot_core.plugin import Platform

PLATFORM: Final = Platform(
    name="gallerydl",
    title="Galleries",
    description="Download from the several hundred picture and gallery sites that gallery-dl knows",
    examples=("https://imgur.com/gallery/abc1234", "https://example.com/picture.jpg"),
    notes=(
        "A link to an album, a profile or a search brings its first 100 files.",
        "Some sites show nothing without a login; the bot's operator can set cookies for them.",
    ),
)
