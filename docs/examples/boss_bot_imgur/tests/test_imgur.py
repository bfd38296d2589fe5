"""Conformance tests: the plugin implements the contract and claims only the links of Imgur."""

from typing import ClassVar

from boss_bot_core.testing.conformance import PlatformConformance


class TestImgur(PlatformConformance):
    plugin = "imgur"
    links: ClassVar = {
        "https://imgur.com/abcdefg": "imgur:image:abcdefg",
        "https://i.imgur.com/abcdefg.jpg": "imgur:image:abcdefg",
        "https://imgur.com/a/vwxyz": "imgur:album:vwxyz",
    }
    foreign_links = ("https://notimgur.com/abcdefg", "https://imgur.com.evil.example/abcdefg")
