"""The links that are posts or files on Reddit, and their media keys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.plugin import Link, Specificity
from boss_bot_gallerydl.testing import build_link
from boss_bot_reddit.plugin import bossbot_match_url, bossbot_platform

POST_URL = "https://www.reddit.com/comments/1abcde"


@pytest.mark.parametrize("sub", ["", "www.", "old.", "new.", "np.", "i.", "sh.", "amp.", "m."])
@pytest.mark.parametrize(
    "path",
    [
        "/r/pics/comments/1abcde/a_title/",
        "/r/pics/comments/1abcde",
        "/r/pics/comments/1abcde/a_title/kx12345/?context=3",
        "/user/somebody/comments/1abcde/a_title/",
        "/u/somebody/comments/1abcde/",
        "/comments/1abcde",
        "/comments/1ABCDE/?utm_source=share",
        "/gallery/1abcde",
    ],
)
def test_every_form_of_a_link_to_a_post_has_the_same_key(sub: str, path: str) -> None:
    found = bossbot_match_url(build_link(f"https://{sub}reddit.com{path}"))
    assert found is not None
    assert (found.media_key, found.url) == ("reddit:1abcde", POST_URL)
    assert (found.specificity, found.engine) == (Specificity.PLATFORM, "gallery-dl")


@pytest.mark.parametrize(
    ("url", "key", "canonical"),
    [
        ("https://redd.it/1abcde", "reddit:1abcde", POST_URL),
        ("https://www.redd.it/1abcde/", "reddit:1abcde", POST_URL),
        ("https://rxddit.com/r/pics/comments/1abcde/x/", "reddit:1abcde", POST_URL),
        ("https://www.vxreddit.com/r/pics/comments/1abcde/x/", "reddit:1abcde", POST_URL),
        (
            "https://www.reddit.com/r/pics/s/AbCdEf1234",
            "reddit:s:AbCdEf1234",
            "https://www.reddit.com/r/pics/s/AbCdEf1234",
        ),
        ("https://reddit.com/u/me/s/AbCdEf1234?x=1", "reddit:s:AbCdEf1234", "https://www.reddit.com/u/me/s/AbCdEf1234"),
        ("https://v.redd.it/abc123def", "reddit:v:abc123def", "https://v.redd.it/abc123def"),
        ("https://v.redd.it/abc123def/DASH_720.mp4?x=1", "reddit:v:abc123def", "https://v.redd.it/abc123def"),
        ("https://www.reddit.com/video/abc123def", "reddit:v:abc123def", "https://v.redd.it/abc123def"),
        ("https://i.redd.it/abc123.jpg", "reddit:i:abc123.jpg", "https://i.redd.it/abc123.jpg"),
        ("https://preview.redd.it/abc123.png?width=640&s=0f", "reddit:i:abc123.png", "https://i.redd.it/abc123.png"),
        ("https://preview.redd.it/a-title-v0-abc123.png?s=0f", "reddit:i:abc123.png", "https://i.redd.it/abc123.png"),
        (
            "https://www.reddit.com/media?url=https%3A%2F%2Fi.redd.it%2Fabc123.jpg",
            "reddit:i:abc123.jpg",
            "https://i.redd.it/abc123.jpg",
        ),
    ],
)
def test_short_links_shares_and_files_have_their_own_key_and_address(url: str, key: str, canonical: str) -> None:
    found = bossbot_match_url(build_link(url))
    assert found is not None
    assert (found.media_key, found.url) == (key, canonical)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.reddit.com/",
        "https://www.reddit.com/r/pics/",
        "https://www.reddit.com/r/pics/top/",
        "https://www.reddit.com/user/somebody",
        "https://www.reddit.com/r/pics/comments/",
        "https://www.reddit.com/media?url=https%3A%2F%2Fevil.example%2Fabc123.jpg",
        "https://www.reddit.com/media",
        "https://i.redd.it/",
        "https://redd.it/",
        "https://notreddit.com/r/pics/comments/1abcde/",
        "https://reddit.com.evil.example/r/pics/comments/1abcde/",
        "https://evil.example/?u=https://redd.it/1abcde",
        "https://external-preview.redd.it/abc.png",
    ],
)
def test_other_addresses_are_not_claimed(url: str) -> None:
    assert bossbot_match_url(build_link(url)) is None


@given(st.from_regex(r"[a-z0-9]{1,10}", fullmatch=True), st.from_regex(r"[A-Za-z0-9_]{1,21}", fullmatch=True))
def test_a_post_of_any_community_is_claimed(post: str, community: str) -> None:
    found = bossbot_match_url(build_link(f"https://www.reddit.com/r/{community}/comments/{post}/title/"))
    assert found is not None
    assert found.media_key == f"reddit:{post}"


@given(st.sampled_from(["www.reddit.com", "redd.it", "i.redd.it", "v.redd.it"]), st.text(max_size=80))
def test_any_path_can_be_matched(host: str, path: str) -> None:
    found = bossbot_match_url(Link(url=f"https://{host}/", scheme="https", host=host, path="/" + path))
    assert found is None or found.media_key.startswith("reddit:")


def test_the_platform_has_an_alias_and_claims_its_own_examples() -> None:
    platform = bossbot_platform()
    assert (platform.name, platform.alias, platform.title) == ("reddit", "dlr", "Reddit")
    assert all(bossbot_match_url(build_link(example)) for example in platform.examples)
