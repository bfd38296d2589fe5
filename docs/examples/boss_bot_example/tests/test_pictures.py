"""Conformance tests: the plugin implements the contract and claims only the links of its site."""

from typing import ClassVar

from boss_bot_core.testing.conformance import PlatformConformance


class TestPictures(PlatformConformance):
    plugin = "pictures"
    links: ClassVar = {
        "https://pictures.example/p/42": "pictures:42",
        "https://www.pictures.example/p/42?ref=mail": "pictures:42",
    }
    foreign_links = (
        "https://pictures.example/about",
        "https://pictures.example.evil.example/p/42",
        "https://notpictures.example/p/42",
    )
