"""The links that the plugin claims, their media keys, and what its import and its warm-up may do."""

import re
import subprocess
import sys

import attrs
import pytest
from gallery_dl import extractor
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.plugin import LazyPattern, Link, Specificity
from boss_bot_gallerydl.engine import claim_link, find_extractor
from boss_bot_gallerydl.plugin import bossbot_match_url, bossbot_platform
from boss_bot_gallerydl.testing import build_link


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://imgur.com/abcd123", "imgur:image:abcd123"),
        ("https://i.imgur.com/abcd123.jpg", "imgur:image:abcd123"),
        ("https://imgur.com/gallery/abcd123", "imgur:gallery:abcd123"),
        ("https://www.pixiv.net/artworks/12345", "pixiv:work:12345"),
        ("https://x.com/someone/status/12345", "twitter:tweet:someone/12345"),
    ],
)
def test_a_link_to_a_known_site_is_claimed_with_the_id_of_the_site(url: str, key: str) -> None:
    found = bossbot_match_url(build_link(url))
    assert found is not None
    assert (found.media_key, found.url) == (key, url)
    assert (found.specificity, found.engine) == (Specificity.ENGINE, "gallery-dl")


@pytest.mark.parametrize(
    ("url", "categories"),
    [
        ("https://imgur.com/a/abcde", ["imgur"]),
        ("https://imgur.com/a/abcde", ["pixiv", "imgur"]),
        ("https://mastodon.social/@someone/12345", ["mastodon"]),
        ("https://mastodon.social/@someone/12345", ["mastodon.social"]),
    ],
)
def test_a_plugin_for_one_site_claims_its_links_under_the_same_key(url: str, categories: list[str]) -> None:
    own, found = bossbot_match_url(build_link(url)), claim_link(build_link(url), *categories)
    assert own is not None
    assert found == attrs.evolve(own, specificity=Specificity.PLATFORM)


@pytest.mark.parametrize(
    ("url", "category"),
    [
        ("https://www.pixiv.net/artworks/12345", "imgur"),
        ("https://notimgur.com/a/abcde", "imgur"),
        ("recursive:https://imgur.com/a/abcde", "imgur"),
        ("https://www.pixiv.net/artworks/12345", ""),
        ("https://unknown.example/", "imgur"),
    ],
)
def test_a_plugin_for_one_site_claims_no_other_links(url: str, category: str) -> None:
    assert claim_link(build_link(url), category) is None


def test_a_different_query_gives_a_different_key() -> None:
    keys = set()
    for query in ("", "?page=1", "?page=2"):
        found = bossbot_match_url(build_link(f"https://imgur.com/gallery/abcd123{query}"))
        assert found is not None
        keys.add(found.media_key)
    assert len(keys) == 3


@pytest.mark.parametrize("name", ["a.jpg", "a.PNG", "b/c.webm", "a.mp4?x=1"])
def test_the_address_of_a_file_is_claimed_as_a_direct_link(name: str) -> None:
    found = bossbot_match_url(build_link(f"https://media.example.com/{name}"))
    assert found is not None
    assert found.specificity is Specificity.DIRECT
    assert found.media_key.startswith("directlink:example.com:")


@pytest.mark.parametrize(
    "url",
    [
        "https://unknown.example/",
        "https://unknown.example/watch?v=1",
        "recursive:https://imgur.com/abcd123",
        "r:file:///etc/hosts",
        "ytdl:https://imgur.com/abcd123",
        "generic:https://imgur.com/abcd123",
        "oauth:reddit",
        "noop",
        "file:///etc/hosts",
        "imgur.com/abcd123",
    ],
)
def test_other_addresses_are_not_claimed(url: str) -> None:
    assert find_extractor(url) is None


@given(st.text(max_size=60))
def test_any_address_can_be_matched(rest: str) -> None:
    found = bossbot_match_url(Link(url=f"https://imgur.com/{rest}", scheme="https", host="imgur.com"))
    assert found is None or found.media_key.isascii()


def test_the_platform_claims_its_own_examples() -> None:
    platform = bossbot_platform()
    assert platform.name == "gallerydl"
    assert all(bossbot_match_url(build_link(example)) for example in platform.examples)


@pytest.mark.parametrize("plugin", ["boss_bot_gallerydl", "boss_bot_twitter", "boss_bot_reddit"])
def test_importing_a_plugin_imports_no_engine(plugin: str) -> None:
    code = (
        f"import sys, {plugin}.plugin as it; it.bossbot_platform();"
        "sys.exit(' '.join({'gallery_dl', 'yt_dlp', 'requests'} & set(sys.modules)) or 0)"
    )
    ended = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr


@pytest.mark.parametrize("plugin", ["boss_bot_gallerydl", "boss_bot_twitter", "boss_bot_reddit"])
def test_the_warm_up_opens_no_connection_and_leaves_no_threads(plugin: str) -> None:
    code = (
        "import socket, sys, threading\n"
        "sys.addaudithook(lambda event, _: event in ('socket.connect', 'socket.getaddrinfo') and sys.exit(event))\n"
        f"import {plugin}.plugin as it; it.bossbot_warm_up()\n"
        "assert threading.active_count() == 1\n"
        "assert 'gallery_dl.extractor.zerochan' in sys.modules\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr


def test_lazy_patterns_match_the_examples_of_gallery_dl_as_its_own_do() -> None:
    classes = [cls for cls in extractor.extractors() if hasattr(cls, "example")]
    assert all(isinstance(cls.pattern, LazyPattern) for cls in classes)
    some_of_others = [cls.example for cls in classes[::40]]
    for cls in classes:
        compiled = re.compile(cls.pattern.pattern)
        for url in (cls.example, *some_of_others):
            assert bool(compiled.match(url)) == bool(cls.pattern.match(url))
