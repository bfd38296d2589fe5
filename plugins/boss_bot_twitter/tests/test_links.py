"""Which links are posts on X, and what they are called."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.plugin import Link, Specificity
from boss_bot_twitter.plugin import bossbot_match_url, bossbot_platform

POST = "1800000000000000001"
FIXERS = (
    *("fxtwitter.com", "d.fxtwitter.com", "g.fxtwitter.com", "vxtwitter.com", "fixupx.com", "g.fixupx.com"),
    *("fixvx.com", "twittpr.com", "girlcockx.com", "nitter.net", "xcancel.com"),
)


def link(url: str) -> Link:
    parts = urlsplit(url)
    return Link(url=url, scheme=parts.scheme, host=parts.hostname or "", path=parts.path or "/", query=parts.query)


@pytest.mark.parametrize("host", ["x.com", "www.x.com", "twitter.com", "mobile.twitter.com", "mobile.x.com"])
@pytest.mark.parametrize(
    "path",
    [
        f"/user/status/{POST}",
        f"/user/status/{POST}/",
        f"/user/status/{POST}?s=20&t=abc",
        f"/user/status/{POST}/photo/1",
        f"/user/status/{POST}/video/2",
        f"/user/statuses/{POST}",
        f"/i/status/{POST}",
        f"/i/web/status/{POST}",
    ],
)
def test_every_form_of_a_post_is_the_same_post(host: str, path: str) -> None:
    found = bossbot_match_url(link(f"https://{host}{path}"))
    assert found is not None
    assert (found.media_key, found.url) == (f"twitter:{POST}", f"https://x.com/i/status/{POST}")
    assert (found.specificity, found.engine) == (Specificity.PLATFORM, "gallery-dl")


@pytest.mark.parametrize("host", FIXERS)
@pytest.mark.parametrize("path", [f"/user/status/{POST}", f"/user/status/{POST}/de", f"/user/status/{POST}.mp4"])
def test_sites_that_show_posts_of_x_lead_to_x(host: str, path: str) -> None:
    found = bossbot_match_url(link(f"https://{host}{path}"))
    assert found is not None
    assert found.url == f"https://x.com/i/status/{POST}"
    assert host in found.reason


@pytest.mark.parametrize(
    "url",
    [
        "https://x.com/",
        "https://x.com/user",
        "https://x.com/user/media",
        "https://x.com/user/status/",
        "https://x.com/user/status/abc",
        "https://x.com/user/status/0",
        "https://x.com/user/status/123456789012345678901",
        "https://x.com/i/lists/123",
        "https://notx.com/user/status/1",
        "https://x.com.evil.example/user/status/1",
        "https://evil.example/x.com/user/status/1",
        "https://evil.example/?u=https://x.com/user/status/1",
        "https://pbs.twimg.com/media/abc.jpg",
    ],
)
def test_nothing_else_is_claimed(url: str) -> None:
    assert bossbot_match_url(link(url)) is None


@given(st.integers(min_value=1, max_value=10**20 - 1), st.from_regex(r"[A-Za-z0-9_]{1,15}", fullmatch=True))
def test_any_post_of_anybody_is_claimed(post: int, user: str) -> None:
    found = bossbot_match_url(link(f"https://x.com/{user}/status/{post}"))
    assert found is not None
    assert found.media_key == f"twitter:{post}"


@given(st.text(max_size=80))
def test_no_path_breaks_the_matcher(path: str) -> None:
    found = bossbot_match_url(Link(url="https://x.com/", scheme="https", host="x.com", path="/" + path))
    assert found is None or found.media_key.removeprefix("twitter:").isdecimal()


def test_the_platform_has_its_own_command() -> None:
    platform = bossbot_platform()
    assert (platform.name, platform.alias, platform.title) == ("twitter", "dlt", "X/Twitter")
    assert all(bossbot_match_url(link(example)) for example in platform.examples)
