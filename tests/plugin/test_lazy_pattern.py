"""Tests of lazily compiled patterns: they match exactly what the pattern matches, and compile seldom."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.plugin import LazyPattern
from boss_bot_core.plugin.lazy_pattern import find_required_text

PATTERNS = {
    r"(?:https?://)?(?:www\.)?owl\.example/photos/(\d+)": "owl.example/photos/",
    r"(?:https?://)?owl\.(?:com|net)/posts?/(\w+)": "owl.",
    r"https?://[^/]+/watch\?v=(?P<id>[\w-]{11})": "/watch?v=",
    r"https?://ex\.co/a+bc{2}de*f": "://ex.co/",
    r"(?x)https?://  (?:www\.)? tube\.example /\S+": "tube.example",
    r"(?x)https?://  # a comment (with tube\.example": "",
    r"(?i)https?://TUBE\.example/": "://tube.example/",
    r"(?:https?:)?//[a-z]+\.(?:a\.example|(?:b|c(?:d|e)?)\.example)/(?:x/)*y\.html": "y.html",
    r"https?://a\.example/1|https?://b\.example/1": "",
    r"https?://a\x2eexample/(\w)\1": "",
    r"(?:a|b)": "",
    r"https?://x\.example/a\\b": "",
    r"(?:(?:(?:(?:(?:(?:deep)?)?)?)?)?)?https?://x\.example/": "",
}
"""Patterns, and the text that is required."""


@pytest.mark.parametrize(("source", "text"), PATTERNS.items())
def test_the_required_text_is_the_longest_one_outside_of_groups(source: str, text: str) -> None:
    assert find_required_text(source) == text


@pytest.mark.parametrize("source", [source for source in PATTERNS if "# a" not in source])
@given(data=st.data())
def test_what_a_pattern_matches_has_the_required_text(source: str, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(source))
    matched = re.match(source, text)
    found = LazyPattern(source).match(text)
    assert (matched and matched.groups()) == (found and found.groups())
    if matched and text.isascii():
        assert find_required_text(source) in matched[0].lower()


def test_a_pattern_is_compiled_when_a_text_has_what_it_needs() -> None:
    pattern = LazyPattern(r"https?://owl\.example/(?P<1>a)")  # does not compile
    assert pattern.match("https://cat.example/1") is None
    with pytest.raises(re.error):
        pattern.match("https://owl.example/1")


def test_a_pattern_has_the_methods_of_a_compiled_one() -> None:
    pattern = LazyPattern(r"owl\.example/(\d+)")
    assert pattern.findall("owl.example/1 owl.example/2") == ["1", "2"]
    assert pattern.groups == 1
