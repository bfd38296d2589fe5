"""The links that are posts on X, and their media keys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.plugin import Link, Specificity
from boss_bot_gallerydl.testing import build_link
from boss_bot_twitter.plugin import bossbot_match_url, bossbot_platform

POST = "1800000000000000001"
MIRROR_HOSTS = (
    *("fxtwitter.com", "d.fxtwitter.com", "g.fxtwitter.com", "vxtwitter.com", "fixupx.com", "g.fixupx.com"),
    *("fixvx.com", "twittpr.com", "girlcockx.com", "nitter.net", "xcancel.com"),
)


@pytest.mark.parametrize("host", ["x.com", "www.x.com", "twitter.com", "mobile.twitter.com", "mobile.x.com"])
@pytest.mark.parametrize(
    "path",
    [
        f"/user/status/{POST}",
        f"/user/status/{POST}/",
        f"/user/status/{POST}?s=20&t=abc",
        f"/user/status/{POST}/photo",
        f"/user/status/{POST}/photo/0",
        f"/user/statuses/{POST}",
        f"/i/status/{POST}",
        f"/i/web/status/{POST}",
    ],
)
def test_every_form_of_a_link_to_a_post_has_the_same_key(host: str, path: str) -> None:
    found = bossbot_match_url(build_link(f"https://{host}{path}"))
    assert found is not None
    assert (found.media_key, found.url) == (f"twitter:{POST}", f"https://x.com/i/status/{POST}")
    assert (found.specificity, found.engine) == (Specificity.PLATFORM, "gallery-dl")


@pytest.mark.parametrize("host", MIRROR_HOSTS)
@pytest.mark.parametrize("path", [f"/user/status/{POST}", f"/user/status/{POST}/de", f"/user/status/{POST}.mp4"])
def test_links_of_mirror_sites_lead_to_x(host: str, path: str) -> None:
    found = bossbot_match_url(build_link(f"https://{host}{path}"))
    assert found is not None
    assert found.url == f"https://x.com/i/status/{POST}"
    assert host in found.reason


@pytest.mark.parametrize(
    ("url", "part"),
    [
        (f"https://x.com/user/status/{POST}/photo/1", "1"),
        (f"https://x.com/user/status/{POST}/video/2", "2"),
        (f"https://mobile.twitter.com/i/web/status/{POST}/photo/2?s=20", "2"),
        (f"https://fxtwitter.com/user/status/{POST}/photo/3/de", "3"),
        (f"https://vxtwitter.com/user/status/{POST}/4", "4"),
    ],
)
def test_a_link_to_one_part_of_a_post_has_its_own_key(url: str, part: str) -> None:
    found = bossbot_match_url(build_link(url))
    assert found is not None
    assert (found.media_key, found.url) == (f"twitter:{POST}:{part}", f"https://x.com/i/status/{POST}/photo/{part}")


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
def test_other_addresses_are_not_claimed(url: str) -> None:
    assert bossbot_match_url(build_link(url)) is None


@given(st.integers(min_value=1, max_value=10**20 - 1), st.from_regex(r"[A-Za-z0-9_]{1,15}", fullmatch=True))
def test_a_post_of_any_user_is_claimed(post: int, user: str) -> None:
    found = bossbot_match_url(build_link(f"https://x.com/{user}/status/{post}"))
    assert found is not None
    assert found.media_key == f"twitter:{post}"


@given(st.text(max_size=80))
def test_any_path_can_be_matched(path: str) -> None:
    found = bossbot_match_url(Link(url="https://x.com/", scheme="https", host="x.com", path="/" + path))
    assert found is None or found.media_key.removeprefix("twitter:").replace(":", "").isdecimal()


def test_the_platform_has_an_alias_and_claims_its_own_examples() -> None:
    platform = bossbot_platform()
    assert (platform.name, platform.alias, platform.title) == ("twitter", "dlt", "X/Twitter")
    assert all(bossbot_match_url(build_link(example)) for example in platform.examples)
