"""gallery-dl's metadata of any site in one shape."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_gallerydl._adult import is_adult
from boss_bot_gallerydl._kinds import is_manifest, kind_of
from boss_bot_gallerydl._metadata import alt_text, describe
from boss_bot_gallerydl._names import disk_name, link_name, source_name


def test_a_post_is_described_by_its_usual_keys() -> None:
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
    media = describe(post, "https://example.com/asked")
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
def test_an_author_may_be_worded_in_many_ways(post: dict[str, Any], author: str | None) -> None:
    assert describe(post, "https://example.com/").author == author


SCALARS = st.none() | st.integers() | st.text() | st.booleans()
VALUES = SCALARS | st.lists(st.text()) | st.dictionaries(st.text(), st.text())


@given(st.dictionaries(st.sampled_from(["id", "title", "author", "date", "duration", "rating"]), VALUES))
def test_no_metadata_breaks_the_description(post: dict[str, Any]) -> None:
    assert describe(post, "https://example.com/asked").permalink == "https://example.com/asked"


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
def test_adult_is_what_a_site_marks_so(post: dict[str, Any], adult: bool) -> None:  # noqa: FBT001 - a table's column
    assert is_adult(post) is adult


def test_a_files_description_is_its_own() -> None:
    assert alt_text({"alt": "A cat", "description": "The post's text"}) == "A cat"
    assert alt_text({"description": "The post's text"}) is None


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
def test_a_suffix_claims_a_kind(suffix: str, kind: str) -> None:
    assert kind_of(suffix) == kind


def test_lists_of_segments_are_no_media() -> None:
    assert is_manifest(".m3u8")
    assert not is_manifest(".mp4")


@given(st.integers(1, 999), st.text(max_size=200))
def test_names_on_disk_are_ours(position: int, path: str) -> None:
    name = disk_name(position, f"https://example.com/{path}")
    assert name == disk_name(position, f"https://example.com/{path}")
    assert set(name) <= set("0123456789abcdef_")


def test_a_signature_in_the_query_does_not_change_the_name() -> None:
    assert disk_name(1, "https://e.example/a.jpg?s=1") == disk_name(1, "https://e.example/a.jpg?s=2")
    assert disk_name(1, "https://e.example/a.jpg") != disk_name(1, "https://e.example/b.jpg")


def test_the_sources_name_is_kept_beside_ours() -> None:
    assert source_name({"filename": "a", "extension": "jpg"}, "https://e.example/x") == "a.jpg"
    assert source_name({}, "https://e.example/some%20name") == "some name"
    assert link_name("https://e.example/") == "e.example"
