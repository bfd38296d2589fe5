"""Reddit as people meet it in help texts."""

from typing import Final

from boss_bot_core.plugin import Platform

PLATFORM: Final = Platform(
    name="reddit",
    title="Reddit",
    description="Download from Reddit",
    alias="dlr",
    examples=("https://www.reddit.com/r/pics/comments/1abcde/a_title/", "https://redd.it/1abcde"),
    notes=(
        "Pictures, galleries with their captions, GIFs, and videos with their sound.",
        "A post that only links elsewhere brings what is there, if it is media.",
        "Private and quarantined communities stay closed.",
        "Supported formats: Images, Videos",
    ),
)
