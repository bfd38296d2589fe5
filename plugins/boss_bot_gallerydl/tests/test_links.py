"""Which links gallery-dl claims, and the keys of what is behind them."""

import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.plugin import Link, Specificity
from boss_bot_gallerydl.engine import find_extractor
from boss_bot_gallerydl.plugin import bossbot_match_url, bossbot_platform


def link(url: str) -> Link:
    parts = urlsplit(url)
    return Link(url=url, scheme=parts.scheme, host=parts.hostname or "", path=parts.path or "/", query=parts.query)


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
def test_a_known_site_is_claimed_under_its_own_id(url: str, key: str) -> None:
    found = bossbot_match_url(link(url))
    assert found is not None
    assert (found.media_key, found.url) == (key, url)
    assert (found.specificity, found.engine) == (Specificity.ENGINE, "gallery-dl")


def test_a_query_makes_a_key_of_its_own() -> None:
    keys = set()
    for query in ("", "?page=1", "?page=2"):
        found = bossbot_match_url(link(f"https://imgur.com/gallery/abcd123{query}"))
        assert found is not None
        keys.add(found.media_key)
    assert len(keys) == 3


@pytest.mark.parametrize("name", ["a.jpg", "a.PNG", "b/c.webm", "a.mp4?x=1"])
def test_a_files_own_address_is_claimed_as_that_alone(name: str) -> None:
    found = bossbot_match_url(link(f"https://media.example.com/{name}"))
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
def test_nothing_else_is_claimed(url: str) -> None:
    assert find_extractor(url) is None


@given(st.text(max_size=60))
def test_no_address_breaks_the_matcher(rest: str) -> None:
    found = bossbot_match_url(Link(url=f"https://imgur.com/{rest}", scheme="https", host="imgur.com"))
    assert found is None or found.media_key.isascii()


def test_the_platform_describes_itself() -> None:
    platform = bossbot_platform()
    assert platform.name == "gallerydl"
    assert all(bossbot_match_url(link(example)) for example in platform.examples)


@pytest.mark.parametrize("plugin", ["boss_bot_gallerydl", "boss_bot_twitter", "boss_bot_reddit"])
def test_loading_a_plugin_loads_no_engine(plugin: str) -> None:
    code = (
        f"import sys, {plugin}.plugin as it; it.bossbot_platform();"
        "sys.exit(' '.join({'gallery_dl', 'yt_dlp', 'requests'} & set(sys.modules)) or 0)"
    )
    ended = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr


@pytest.mark.parametrize("plugin", ["boss_bot_gallerydl", "boss_bot_twitter", "boss_bot_reddit"])
def test_warming_up_asks_nobody_and_leaves_no_threads(plugin: str) -> None:
    code = (
        "import socket, sys, threading\n"
        "sys.addaudithook(lambda event, _: event in ('socket.connect', 'socket.getaddrinfo') and sys.exit(event))\n"
        f"import {plugin}.plugin as it; it.bossbot_warm_up()\n"
        "assert threading.active_count() == 1\n"
        "assert 'gallery_dl.extractor.zerochan' in sys.modules\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
