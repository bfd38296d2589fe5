"""Tests of parsing the target of a proxy request."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boss_bot_core.egress._target import Target, parse_absolute, parse_authority
from boss_bot_core.egress.errors import BadRequestError


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("example.com:443", Target("example.com", 443)),
        ("EXAMPLE.com.:443", Target("example.com", 443)),
        ("a_b.example.com:1", Target("a_b.example.com", 1)),
        ("[2001:DB8::0:1]:65535", Target("2001:db8::1", 65535)),
        ("2130706433:80", Target("2130706433", 80)),
    ],
)
def test_a_connect_target_is_parsed_as_host_and_port(text: str, target: Target) -> None:
    assert parse_authority(text) == target


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.com",
        "example.com:",
        "example.com:0",
        "example.com:65536",
        "example.com:-1",
        "user@example.com:443",
        "example.com:443/x",
        "[::1]",
        "[fe80::1%eth0]:80",
        "[::1:443",
        "::1:443",
        "-x.com:80",
        ".com:80",
        "[zz::]:80",
        "http://example.com:80",
        "exa mple.com:80",
        "[1.2.3.4]:80",
        f"{'a' * 300}.com:80",
        "[:::]:80",
        "x:\uff18",
    ],
)
def test_any_other_connect_target_is_rejected(text: str) -> None:
    with pytest.raises(BadRequestError):
        parse_authority(text)


@pytest.mark.parametrize(
    ("text", "target", "host_header"),
    [
        ("http://example.com", Target("example.com", 80, "/"), "example.com"),
        ("HTTP://example.com:8080/a?b#c", Target("example.com", 8080, "/a?b"), "example.com:8080"),
        ("http://example.com?q", Target("example.com", 80, "/?q"), "example.com"),
        ("http://user:p%40ss@example.com/x", Target("example.com", 80, "/x"), "example.com"),
        ("http://10.0.0.1@example.com@127.0.0.1/x", Target("127.0.0.1", 80, "/x"), "127.0.0.1"),
        ("http://[::1]:81//x//..", Target("::1", 81, "//x//.."), "[::1]:81"),
    ],
)
def test_an_absolute_target_is_parsed_as_host_port_and_path(text: str, target: Target, host_header: str) -> None:
    assert parse_absolute(text) == target
    assert target.authority == host_header


@pytest.mark.parametrize(
    "text", ["/path", "*", "https://example.com/", "ftp://example.com/", "file:///etc/passwd", "http://", "http:///x"]
)
def test_other_forms_and_schemes_are_rejected(text: str) -> None:
    with pytest.raises(BadRequestError):
        parse_absolute(text)


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_parsed_or_raises_a_bad_request_error(text: str) -> None:
    for parse in (parse_authority, parse_absolute):
        try:
            target = parse(text)
        except BadRequestError:
            continue
        assert 0 < target.port < 65536
        assert target.host
