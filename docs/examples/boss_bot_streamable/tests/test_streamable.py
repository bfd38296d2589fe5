"""Conformance tests: the plugin implements the contract and claims only the links of Streamable."""

from typing import ClassVar

from boss_bot_core.testing.conformance import PlatformConformance


class TestStreamable(PlatformConformance):
    plugin = "streamable"
    links: ClassVar = {
        "https://streamable.com/moo": "streamable:moo",
        "https://streamable.com/e/moo": "streamable:moo",
    }
    foreign_links = ("https://notstreamable.com/moo", "https://streamable.com.evil.example/moo")
