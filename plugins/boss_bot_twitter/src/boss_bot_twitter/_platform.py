"""X/Twitter as people meet it in help texts."""

from typing import Final

from boss_bot_core.plugin import Platform

PLATFORM: Final = Platform(
    name="twitter",
    title="X/Twitter",
    description="Download from Twitter",
    alias="dlt",
    examples=("https://x.com/user/status/1234567890", "https://fxtwitter.com/user/status/1234567890"),
    notes=(
        "Photos in their original quality, videos, GIFs, and the media of a quoted post.",
        "With the option `thread` (of /dl) the author's other posts of the thread come too.",
        "Protected and age-restricted posts need the operator's cookies.",
        "Supported formats: Images, Videos",
    ),
)
