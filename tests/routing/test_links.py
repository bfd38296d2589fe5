"""Links in free text, and what is refused as a link."""

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
def test_links_are_found_as_people_write_them(text: str, urls: list[str]) -> None:
    assert [link.url for link in find_links(text)] == urls


def test_no_more_links_are_taken_than_one_message_may_ask_for() -> None:
    text = " ".join(f"https://a.b/{number}" for number in range(MAX_LINKS + 3))
    assert len(find_links(text)) == MAX_LINKS


@pytest.mark.parametrize(
    ("text", "why"),
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
def test_what_may_not_be_fetched_is_refused_with_its_reason(text: str, why: str) -> None:
    with pytest.raises(InvalidUrlError, match=why) as caught:
        parse_link(text)
    assert "password" not in str(caught.value) or "must not carry" in str(caught.value)


def test_the_host_is_compared_as_a_host_and_never_as_a_part_of_the_address() -> None:
    assert parse_link("https://www.X.com./a").on_host("x.com")
    assert not parse_link("https://evilx.com/x.com").on_host("x.com")
    assert not parse_link("https://x.com.evil.example/").on_host("x.com")
    assert not parse_link("https://evil.example/?u=https://x.com/").on_host("x.com")


def test_an_address_as_a_host_keeps_its_form_for_the_proxy_to_judge() -> None:
    assert parse_link("http://[::1]:8080/x").host == "::1"
    assert parse_link("http://2130706433/").host == "2130706433"
    assert parse_link("http://127.0.0.1:81/x").port == 81


def test_parts_of_a_link_are_at_hand() -> None:
    link = parse_link("https://a.b//c/d/?x=1&y=2")
    assert link.segments == ("c", "d")
    assert link.query_value("y") == "2"
    assert link.query_value("z") is None


@given(st.text(max_size=300))
def test_no_text_breaks_the_search_for_links(text: str) -> None:
    for link in find_links(text):
        assert parse_link(link.url) == link


@given(
    st.from_regex(r"[a-z][a-z0-9]{0,20}\.[a-z]{2,5}", fullmatch=True),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), max_size=60),
)
def test_a_link_brought_into_normal_form_stays_as_it_is(host: str, path: str) -> None:
    try:
        link = parse_link(f"https://{host}/{path}")
    except InvalidUrlError:
        return
    assert parse_link(link.url) == link
