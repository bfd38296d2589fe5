"""The conformance suite: tests that every platform plugin has to pass; subclass it in a plugin's tests.

    from boss_bot_core.testing.conformance import PlatformConformance

    class TestPictures(PlatformConformance):
        plugin = "pictures"
        links = {"https://pictures.example/p/7?ref=mail": "pictures:7"}
        foreign_links = ("https://pictures.example.evil.example/p/7",)

The plugin has to be installed, because the suite finds it by its entry point; an editable install is enough.
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
from boss_bot_core.testing.installed_plugins import HEAVY_MODULES, list_imported_modules, load_warm_plugins

SLOW_MATCH_S = 0.05
"""Maximum time of the fastest of several matches, in seconds: every link is matched by every plugin."""
_NAME = re.compile(r"[a-z][a-z0-9_-]{1,31}")
_ALIAS = re.compile(r"[a-z][a-z0-9]{1,15}")


class PlatformConformance:
    """Tests that every platform plugin has to pass.

    Attributes:
        plugin: Name of the plugin's entry point.
        links: Links that the plugin claims, each with its media key.
        foreign_links: Links that look like the plugin's own but belong to other sites.
    """

    plugin: ClassVar[str]
    links: ClassVar[Mapping[str, str]]
    foreign_links: ClassVar[tuple[str, ...]] = ()

    @pytest.fixture
    def manager(self) -> PluginManager:
        """Return the installed plugins, warmed up as in the zygote."""
        return load_warm_plugins()

    @pytest.fixture
    def platform(self, manager: PluginManager) -> Platform:
        """Return the platform that the plugin describes."""
        return manager.platforms()[self.plugin]

    def match(self, manager: PluginManager, url: str) -> UrlMatch | None:
        """Return the plugin's own match of a link."""
        result = next(result for result in manager.match(parse_link(url)) if result.plugin == self.plugin)
        assert result.error is None, f"bossbot_match_url failed on {url}: {result.error}"
        return result.match

    def test_the_plugin_is_loaded(self, manager: PluginManager) -> None:
        """The plugin is found, keeps the contract and warms up."""
        reasons = [failure.reason for failure in manager.failures if failure.name == self.plugin]
        missing = f"no entry point {self.plugin!r} in group {ENTRY_POINT_GROUP!r}"
        assert self.plugin in manager.loaded, reasons or missing

    def test_the_texts_of_the_platform_are_valid(self, platform: Platform) -> None:
        """Name and command can be typed, and each text is one line."""
        assert _NAME.fullmatch(platform.name), platform.name
        assert platform.alias is None or _ALIAS.fullmatch(platform.alias), platform.alias
        texts = (platform.title, platform.description, *platform.notes)
        assert all(text.strip() and "\n" not in text for text in texts)

    def test_the_plugin_claims_its_own_examples(self, manager: PluginManager, platform: Platform) -> None:
        """The example links that the help shows work."""
        assert all(self.match(manager, example) for example in platform.examples)

    def test_links_have_their_media_key(self, manager: PluginManager) -> None:
        """Every form of a link to the same media has the same key."""
        assert self.links, "name some links"
        matches = {url: self.match(manager, url) for url in self.links}
        assert {url: match and match.media_key for url, match in matches.items()} == dict(self.links)

    def test_a_canonical_link_has_the_same_match(self, manager: PluginManager) -> None:
        """A retry matches the canonical address of the first match, and has to get the same match."""
        for url in self.links:
            first = self.match(manager, url)
            assert first is not None
            again = self.match(manager, first.url)
            assert again == attrs.evolve(first, reason=again.reason if again else ""), first.url

    def test_foreign_links_are_not_claimed(self, manager: PluginManager) -> None:
        """The plugin compares whole hosts: parts of other host names and of queries do not match."""
        hidden = tuple(f"https://elsewhere.example/?url={url}" for url in self.links)
        claimed = {url: self.match(manager, url) for url in (*self.foreign_links, *hidden)}
        assert not [url for url, match in claimed.items() if match and match.media_key in self.links.values()]

    def test_matching_is_fast_and_does_no_io(self, manager: PluginManager, monkeypatch: pytest.MonkeyPatch) -> None:
        """Matching does no I/O and takes a few milliseconds."""

        def refuse(*_: object, **__: object) -> None:
            raise AssertionError("bossbot_match_url used the network")

        monkeypatch.setattr(socket, "getaddrinfo", refuse)
        monkeypatch.setattr(socket.socket, "connect", refuse)
        durations = []
        for _ in range(5):
            started = time.perf_counter()
            for url in self.links:
                self.match(manager, url)
            durations.append((time.perf_counter() - started) / len(self.links))
        assert min(durations) < SLOW_MATCH_S

    def test_the_module_imports_no_engine(self) -> None:
        """Engines are imported inside the hooks, not at module level."""
        (point,) = (point for point in metadata.entry_points(group=ENTRY_POINT_GROUP) if point.name == self.plugin)
        assert not HEAVY_MODULES & list_imported_modules(point.module)
