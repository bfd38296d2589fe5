"""Tests for the names of files: the server's suggestion, or else the last part of the address."""

import pytest

from boss_bot_core.plugin import find_source_name

URL = "https://a.example/folder/get%20it.php?id=1"


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ("", "get it.php"),
        ("inline", "get it.php"),
        ('attachment; filename=""', "get it.php"),
        ('attachment; filename="Rome 2024.mp4"', "Rome 2024.mp4"),
        ("attachment; filename=plain.mp4; size=3", "plain.mp4"),
        ('attachment; filename="a\\"b;c.mp4"', 'a"b;c.mp4'),
        ("attachment; filename=\"x.mp4\"; filename*=UTF-8''na%C3%AFve.mp4", "na\u00efve.mp4"),
        ("attachment; filename*=UTF-8''na%C3%AFve.mp4; filename=\"x.mp4\"", "na\u00efve.mp4"),
        ("attachment; filename*=nonsense''x.mp4", "x.mp4"),
        ('attachment; filename="\u00c3\u00a9t\u00c3\u00a9.mp4"', "\u00e9t\u00e9.mp4"),
        ('attachment; filename="\u00e9t\u00e9.mp4"', "\u00e9t\u00e9.mp4"),
        ('attachment; filename="C:\\\\films\\\\a.mp4"', "a.mp4"),
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ('attachment; filename=" . "', "get it.php"),
    ],
)
def test_the_suggested_name_is_taken_before_the_name_in_the_address(disposition: str, name: str) -> None:
    assert find_source_name(URL, {"Content-Disposition": disposition}) == name


@pytest.mark.parametrize(("url", "name"), [("https://a.example/", ""), ("https://a.example/b/", "b")])
def test_without_a_suggestion_the_address_names_the_file(url: str, name: str) -> None:
    assert find_source_name(url, {}) == name
