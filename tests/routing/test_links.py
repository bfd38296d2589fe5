"""Links are found in free text, and invalid links are refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.errors import InvalidUrlError
from boss_bot_core.routing import MAX_LINKS, find_links, parse_link


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("see <https://x.com/a/status/1?s=20>, please", ["https://x.com/a/status/1?s=20"]),
        ("(https://a.b/c_(d)).", ["https://a.b/c_(d)"]),
        ("[title](https://a.b/x) and ||https://a.b/y||", ["https://a.b/x", "https://a.b/y"]),
        ("`https://a.b/z` **https://q.w/e** _https://q.w/f_ ~~https://q.w/g~~",
         ["https://a.b/z", "https://q.w/e", "https://q.w/f", "https://q.w/g"]),
        ("https://a.b/ends_in_ https://a.b/x!!!", ["https://a.b/ends_in_", "https://a.b/x"]),
        ("HTTP://A.B:80/Path ftp://a.b/x mailto:a@b.c //x.y/z", ["http://a.b/Path"]),
        ("https://münchen.de/ä", ["https://xn--mnchen-3ya.de/%C3%A4"]),
        ("https://a.b/c https://a.b/c", ["https://a.b/c"]),
        ("http://user:secret@a.b/ https://a.b/fine", ["https://a.b/fine"]),
        ("no link here, not even example.com", []),
        ("", []),
    ],
)  # fmt: skip
def test_links_are_found_in_every_common_form(text: str, urls: list[str]) -> None:
    assert [link.url for link in find_links(text)] == urls


def test_only_the_first_links_of_a_message_are_returned() -> None:
    text = " ".join(f"https://a.b/{number}" for number in range(MAX_LINKS + 3))
    assert len(find_links(text)) == MAX_LINKS


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("not_a_url", "http"),
        ("ftp://a.b/c", "http"),
        ("file:///etc/passwd", "http"),
        ("ytdl:https://a.b/c", "http"),
        ("https://user@a.b/", "user name"),
        ("https://user:password@a.b/", "user name"),
        ("https://", "host"),
        ("https://a..b/", "host"),
        ("https://-a.b/", "host"),
        (f"https://{'a' * 64}.b/", "host"),
        ("https://a.b:99999/", "read"),
        ("https://exam\u202eple.com/", "read"),
        ("https://a.b/" + "x" * 3000, "longer"),
    ],
)
def test_an_invalid_link_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(InvalidUrlError, match=reason) as caught:
        parse_link(text)
    assert "password" not in str(caught.value) or "must not carry" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("not_a_url", "Give a full link"),
        ("https://a.b:99999/", "Give a full link"),
        ("ftp://a.b/c", "that a browser shows"),
        ("https://user:password@a.b/", "before the @"),
        ("https://a..b/", "the spelling"),
        ("https://a.b/" + "x" * 3000, "a shorter one"),
    ],
)
def test_every_reason_against_a_link_has_its_own_advice(text: str, advice: str) -> None:
    with pytest.raises(InvalidUrlError) as caught:
        parse_link(text)
    assert advice in caught.value.user_message


def test_on_host_compares_the_whole_host() -> None:
    assert parse_link("https://www.X.com./a").on_host("x.com")
    assert not parse_link("https://evilx.com/x.com").on_host("x.com")
    assert not parse_link("https://x.com.evil.example/").on_host("x.com")
    assert not parse_link("https://evil.example/?u=https://x.com/").on_host("x.com")


def test_an_ip_address_as_the_host_is_not_changed() -> None:
    assert parse_link("http://[::1]:8080/x").host == "::1"
    assert parse_link("http://2130706433/").host == "2130706433"
    assert parse_link("http://127.0.0.1:81/x").port == 81


def test_a_link_has_path_segments_and_query_values() -> None:
    link = parse_link("https://a.b//c/d/?x=1&y=2")
    assert link.segments == ("c", "d")
    assert link.query_value("y") == "2"
    assert link.query_value("z") is None


@given(st.text(max_size=300))
def test_links_can_be_searched_in_any_text(text: str) -> None:
    for link in find_links(text):
        assert parse_link(link.url) == link


@given(
    st.from_regex(r"[a-z][a-z0-9]{0,20}\.[a-z]{2,5}", fullmatch=True),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), max_size=60),
)
def test_a_normalized_link_does_not_change(host: str, path: str) -> None:
    try:
        link = parse_link(f"https://{host}/{path}")
    except InvalidUrlError:
        return
    assert parse_link(link.url) == link
