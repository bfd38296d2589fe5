"""The conformance suite: subclass it in a plugin's tests, name the plugin and some links, and pytest runs the rest.

    from boss_bot_core.testing.conformance import PlatformConformance

    class TestPictures(PlatformConformance):
        plugin = "pictures"
        links = {"https://pictures.example/p/7?ref=mail": "pictures:7"}
        foreign_links = ("https://pictures.example.evil.example/p/7",)
The plugin has to be installed (an editable install will do): it is found by its entry point.
"""

import re
import socket
import time
from collections.abc import Mapping
from importlib import metadata
from typing import ClassVar

import attrs
import pytest

from boss_bot_core.plugin import Platform, UrlMatch
from boss_bot_core.plugin.loader import ENTRY_POINT_GROUP
from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.routing import parse_link
from boss_bot_core.testing.import_weight import HEAVY_MODULES, list_imported_modules, load_warm_plugins

SLOW_MATCH_S = 0.05
"""Longest time that the fastest of several matches may take: every link is shown to every plugin."""
_NAME = re.compile(r"[a-z][a-z0-9_-]{1,31}")
_ALIAS = re.compile(r"[a-z][a-z0-9]{1,15}")


class PlatformConformance:
    """Tests that every platform plugin has to pass.

    Attributes:
        plugin: The entry point's name.
        links: Links that the plugin claims, with the media key that it gives them.
        foreign_links: Links that look like its own and are not.
    """

    plugin: ClassVar[str]
    links: ClassVar[Mapping[str, str]]
    foreign_links: ClassVar[tuple[str, ...]] = ()

    @pytest.fixture
    def manager(self) -> PluginManager:
        """The installed plugins, warm, as in the zygote."""
        return load_warm_plugins()

    @pytest.fixture
    def platform(self, manager: PluginManager) -> Platform:
        """What the plugin says it is."""
        return manager.platforms()[self.plugin]

    def match(self, manager: PluginManager, url: str) -> UrlMatch | None:
        """Return the plugin's own claim."""
        claim = next(claim for claim in manager.match(parse_link(url)) if claim.plugin == self.plugin)
        assert claim.error is None, f"bossbot_match_url failed on {url}: {claim.error}"
        return claim.match

    def test_it_is_loaded(self, manager: PluginManager) -> None:
        """It is found, keeps the contract and warms up."""
        reasons = [failure.reason for failure in manager.failures if failure.name == self.plugin]
        assert self.plugin in manager.loaded, (
            reasons or f"no entry point {self.plugin!r} in group {ENTRY_POINT_GROUP!r}"
        )

    def test_its_words_can_be_shown(self, platform: Platform) -> None:
        """Name and command can be typed, texts are lines."""
        assert _NAME.fullmatch(platform.name), platform.name
        assert platform.alias is None or _ALIAS.fullmatch(platform.alias), platform.alias
        texts = (platform.title, platform.description, *platform.notes)
        assert all(text.strip() and "\n" not in text for text in texts)

    def test_its_examples_are_its_own(self, manager: PluginManager, platform: Platform) -> None:
        """What help shows works."""
        assert all(self.match(manager, example) for example in platform.examples)

    def test_links_have_their_media_key(self, manager: PluginManager) -> None:
        """The same media has the same key, whatever the link's form."""
        assert self.links, "name some links"
        matches = {url: self.match(manager, url) for url in self.links}
        assert {url: match and match.media_key for url, match in matches.items()} == dict(self.links)

    def test_canonical_links_stay_as_they_are(self, manager: PluginManager) -> None:
        """A retry is matched by the address of the first match, and must mean the same."""
        for url in self.links:
            first = self.match(manager, url)
            assert first is not None
            again = self.match(manager, first.url)
            assert again == attrs.evolve(first, reason=again.reason if again else ""), first.url

    def test_foreign_links_are_left_alone(self, manager: PluginManager) -> None:
        """A host is compared as a host: neither a part of another name nor a part of a query counts."""
        hidden = tuple(f"https://elsewhere.example/?url={url}" for url in self.links)
        claimed = {url: self.match(manager, url) for url in (*self.foreign_links, *hidden)}
        assert not [url for url, match in claimed.items() if match and match.media_key in self.links.values()]

    def test_matching_is_fast_and_asks_nobody(self, manager: PluginManager, monkeypatch: pytest.MonkeyPatch) -> None:
        """Matching is pure: no network, a few milliseconds."""

        def refuse(*_: object, **__: object) -> None:
            raise AssertionError("bossbot_match_url used the network")

        monkeypatch.setattr(socket, "getaddrinfo", refuse)
        monkeypatch.setattr(socket.socket, "connect", refuse)
        durations = []
        for _ in range(5):
            begun = time.perf_counter()
            for url in self.links:
                self.match(manager, url)
            durations.append((time.perf_counter() - begun) / len(self.links))
        assert min(durations) < SLOW_MATCH_S

    def test_its_module_is_light(self) -> None:
        """Engines are imported inside the hooks, not with the module."""
        (point,) = (point for point in metadata.entry_points(group=ENTRY_POINT_GROUP) if point.name == self.plugin)
        assert not HEAVY_MODULES & list_imported_modules(point.module)
