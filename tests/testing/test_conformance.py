"""The plugins of this repository pass the conformance suite, and a faulty plugin fails it."""

from typing import ClassVar

import pytest

from boss_bot_core.testing.conformance import PlatformConformance
from boss_bot_core.testing.installed_plugins import load_warm_plugins


class TestTwitter(PlatformConformance):
    plugin = "twitter"
    links: ClassVar = {
        "https://x.com/a/status/123?s=20": "twitter:123",
        "https://mobile.twitter.com/a/status/123/photo/1": "twitter:123:1",
        "https://fxtwitter.com/a/status/123": "twitter:123",
    }
    foreign_links = ("https://notx.com/a/status/123", "https://x.com.evil.example/a/status/123")


class TestReddit(PlatformConformance):
    plugin = "reddit"
    links: ClassVar = {
        "https://www.reddit.com/r/pics/comments/1abc/title/": "reddit:1abc",
        "https://old.reddit.com/r/pics/comments/1abc": "reddit:1abc",
        "https://redd.it/1abc": "reddit:1abc",
    }
    foreign_links = ("https://notreddit.com/r/pics/comments/1abc/", "https://reddit.com.evil.example/comments/1abc")


class TestYtDlp(PlatformConformance):
    plugin = "ytdlp"
    links: ClassVar = {
        "https://www.youtube.com/watch?v=aqz-KE-bpKQ&t=3": "youtube:aqz-KE-bpKQ",
        "https://youtu.be/aqz-KE-bpKQ": "youtube:aqz-KE-bpKQ",
    }


class FaultyPlugin(PlatformConformance):
    plugin = "ytdlp"
    links: ClassVar = {"https://youtu.be/aqz-KE-bpKQ": "youtube:another"}


def test_a_wrong_media_key_fails_the_suite() -> None:
    with pytest.raises(AssertionError):
        FaultyPlugin().test_links_have_their_media_key(load_warm_plugins())
