"""gallery-dl's metadata of any site is converted into `MediaInfo`, into names and into kinds of files."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_gallerydl._filenames import build_disk_name, get_file_kind, get_link_name, get_source_name, is_manifest
from boss_bot_gallerydl._metadata import describe_post, get_alt_text, is_adult


def test_the_common_keys_of_a_post_are_read() -> None:
    post = {
        "id": 42,
        "title": "Title",
        "description": "Text",
        "author": {"name": "handle", "nick": "Name"},
        "date": datetime(2024, 1, 2, 3, 4, 5),  # noqa: DTZ001 - gallery-dl's dates are naive
        "post_url": "https://example.com/42",
        "duration": 12,
        "nsfw": True,
    }
    media = describe_post(post, "https://example.com/asked")
    assert (media.media_id, media.title, media.text, media.author) == ("42", "Title", "Text", "Name")
    assert media.created_at == datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert (media.permalink, media.duration_s, media.adult) == ("https://example.com/42", 12.0, True)


@pytest.mark.parametrize(
    ("post", "author"),
    [
        ({"user": "a"}, "a"),
        ({"artist": ["a", "b"]}, "a"),
        ({"uploader": {"username": "a"}}, "a"),
        ({"author": 3}, None),
    ],
)
def test_the_author_is_read_from_every_known_form(post: dict[str, Any], author: str | None) -> None:
    assert describe_post(post, "https://example.com/").author == author


SCALARS = st.none() | st.integers() | st.text() | st.booleans()
VALUES = SCALARS | st.lists(st.text()) | st.dictionaries(st.text(), st.text())


@given(st.dictionaries(st.sampled_from(["id", "title", "author", "date", "duration", "rating"]), VALUES))
def test_any_metadata_can_be_converted(post: dict[str, Any]) -> None:
    assert describe_post(post, "https://example.com/asked").permalink == "https://example.com/asked"


@pytest.mark.parametrize(
    ("post", "adult"),
    [
        ({}, False),
        ({"nsfw": False}, False),
        ({"over_18": True}, True),
        ({"rating": "e"}, True),
        ({"rating": "Explicit"}, True),
        ({"rating": "s"}, False),
        ({"rating": 4.5}, False),
        ({"age_limit": 18}, True),
        ({"age_limit": 12}, False),
        ({"category": "e621"}, True),
        ({"category": "imgur"}, False),
    ],
)
def test_adult_posts_are_recognised_by_flag_rating_age_limit_and_site(post: dict[str, Any], adult: bool) -> None:  # noqa: FBT001 - a table's column
    assert is_adult(post) is adult


def test_the_text_of_a_post_is_no_alt_text() -> None:
    assert get_alt_text({"alt": "A cat", "description": "The post's text"}) == "A cat"
    assert get_alt_text({"description": "The post's text"}) is None


@pytest.mark.parametrize(
    ("suffix", "kind"),
    [
        (".jpg", "image"),
        (".WEBP", "image"),
        (".mp4", "video"),
        (".webm", "video"),
        (".mp3", "audio"),
        (".zip", "any"),
        ("", "any"),
    ],
)
def test_a_suffix_suggests_a_kind(suffix: str, kind: str) -> None:
    assert get_file_kind(suffix) == kind


def test_stream_manifests_are_recognised_by_their_suffix() -> None:
    assert is_manifest(".m3u8")
    assert not is_manifest(".mp4")


@given(st.integers(1, 999), st.text(max_size=200))
def test_a_name_on_disk_is_stable_and_has_no_text_from_the_site(position: int, path: str) -> None:
    name = build_disk_name(position, f"https://example.com/{path}")
    assert name == build_disk_name(position, f"https://example.com/{path}")
    assert set(name) <= set("0123456789abcdef_")


def test_the_query_does_not_change_the_name_on_disk() -> None:
    assert build_disk_name(1, "https://e.example/a.jpg?s=1") == build_disk_name(1, "https://e.example/a.jpg?s=2")
    assert build_disk_name(1, "https://e.example/a.jpg") != build_disk_name(1, "https://e.example/b.jpg")


def test_the_name_of_the_source_is_read_from_the_metadata_or_the_address() -> None:
    assert get_source_name({"filename": "a", "extension": "jpg"}, "https://e.example/x") == "a.jpg"
    assert get_source_name({}, "https://e.example/some%20name") == "some name"
    assert get_link_name("https://e.example/") == "e.example"
