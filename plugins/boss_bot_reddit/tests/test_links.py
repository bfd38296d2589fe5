"""Which links are posts or files on Reddit, and what they are called."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.plugin import Link, Specificity
from boss_bot_reddit.plugin import bossbot_match_url, bossbot_platform

POST_URL = "https://www.reddit.com/comments/1abcde"


def link(url: str) -> Link:
    parts = urlsplit(url)
    return Link(url=url, scheme=parts.scheme, host=parts.hostname or "", path=parts.path or "/", query=parts.query)


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
def test_every_form_of_a_post_is_the_same_post(sub: str, path: str) -> None:
    found = bossbot_match_url(link(f"https://{sub}reddit.com{path}"))
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
def test_other_forms_have_a_key_of_their_own(url: str, key: str, canonical: str) -> None:
    found = bossbot_match_url(link(url))
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
def test_nothing_else_is_claimed(url: str) -> None:
    assert bossbot_match_url(link(url)) is None


@given(st.from_regex(r"[a-z0-9]{1,10}", fullmatch=True), st.from_regex(r"[A-Za-z0-9_]{1,21}", fullmatch=True))
def test_any_post_of_any_community_is_claimed(post: str, community: str) -> None:
    found = bossbot_match_url(link(f"https://www.reddit.com/r/{community}/comments/{post}/title/"))
    assert found is not None
    assert found.media_key == f"reddit:{post}"


@given(st.sampled_from(["www.reddit.com", "redd.it", "i.redd.it", "v.redd.it"]), st.text(max_size=80))
def test_no_path_breaks_the_matcher(host: str, path: str) -> None:
    found = bossbot_match_url(Link(url=f"https://{host}/", scheme="https", host=host, path="/" + path))
    assert found is None or found.media_key.startswith("reddit:")


def test_the_platform_has_its_own_command() -> None:
    platform = bossbot_platform()
    assert (platform.name, platform.alias, platform.title) == ("reddit", "dlr", "Reddit")
    assert all(bossbot_match_url(link(example)) for example in platform.examples)
