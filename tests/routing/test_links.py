"""Links are found in free text, and invalid links are refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.errors import InvalidUrlError
from boss_bot_core.routing import find_links, parse_link, read_link

PIECES = st.sampled_from(
    ["*", "**", "_", "__", "~~", "||", "`", "``", "\\", " ", "看", "。", "a", "x.com/a", "https://a.b/c"]
)


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
        ("https://a.b/a**b https://a.b/a~~b https://a.b/__c__", ["https://a.b/a**b", "https://a.b/a~~b", "https://a.b/__c__"]),
        ("**see https://a.b/a** ~~no: https://a.b/b~~ ***https://a.b/c***", ["https://a.b/a", "https://a.b/b", "https://a.b/c"]),
        ("\u200fhttps://a.b/x\ufeffhttps://a.b/y\u200bhttps://a.b/z\u2060", ["https://a.b/x", "https://a.b/y", "https://a.b/z"]),
        ("看看https://x.com/a/status/1吧", ["https://x.com/a/status/1"]),
        ("これhttps://x.com/a/status/1?s=20です 이거https://x.com/a/status/2를 นี่https://x.com/a/status/3ครับ",
         ["https://x.com/a/status/1?s=20", "https://x.com/a/status/2", "https://x.com/a/status/3"]),
        ("见https://a.b/1。再见https://a.b/2，和（https://a.b/3）“https://a.b/4”「https://a.b/5」！",  # noqa: RUF001 - real texts
         [f"https://a.b/{number}" for number in range(1, 6)]),
        ("https://a.b/1🔥https://a.b/2❤️ https://a.b/3… https://a.b/4؟ https://a.b/5\u00a0x",
         [f"https://a.b/{number}" for number in range(1, 6)]),
        ("https://a.b/1https://a.b/2和https://a.b/3, xhttps://a.b/4",
         [f"https://a.b/{number}" for number in range(1, 5)]),
        ("(https://a.b/1)(https://a.b/2),https://a.b/3", [f"https://a.b/{number}" for number in range(1, 4)]),
        ("https://web.archive.org/web/https://a.b/c", ["https://web.archive.org/web/https://a.b/c"]),
        ("https://x.com看看 https://a.b/x**. y", ["https://x.com", "https://a.b/x"]),
        ("https://zh.a.b/wiki/中文・猫 https://a.b/cat猫.jpg https://ko.a.b/서울,",
         ["https://zh.a.b/wiki/%E4%B8%AD%E6%96%87%E3%83%BB%E7%8C%AB", "https://a.b/cat%E7%8C%AB.jpg",
          "https://ko.a.b/%EC%84%9C%EC%9A%B8"]),
        ("", []),
    ],
)  # fmt: skip
def test_links_are_found_in_every_common_form(text: str, urls: list[str]) -> None:
    assert [found.link.url for found in find_links(text)] == urls


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("||https://a.b/1|| https://a.b/2", [True, False]),
        ("https://a.b/1 || text https://a.b/2 **https://a.b/3**\nand https://a.b/4 || https://a.b/5",
         [False, True, True, True, False]),
        ("**||https://a.b/1||** ||`https://a.b/2`|| ||<https://a.b/3>|| ||[x](https://a.b/4)||", [True] * 4),
        ("||https://a.b/1||https://a.b/2||https://a.b/3||", [True, False, True]),
        ("看||https://a.b/1||看", [True]),
        ("||x.com/a/1|| x.com/a/2", [True, False]),
        # No spoiler in Discord: an open one, an escaped one, bars in code.
        ("|| https://a.b/1", [False]),
        (r"\||https://a.b/1||", [False]),
        ("`||` https://a.b/1 `||`", [False]),
        # The same link, openly and hidden: hidden.
        ("https://a.b/1 ||https://a.b/1||", [True]),
    ],
)  # fmt: skip
def test_each_link_is_hidden_where_discord_hides_it(text: str, hidden: list[bool]) -> None:
    assert [found.is_hidden for found in find_links(text)] == hidden


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("x.com/a/status/1", ["https://x.com/a/status/1"]),
        ("看youtu.be/abc。 (WWW.reddit.com/r/a/comments/1/b/)", ["https://youtu.be/abc", "https://www.reddit.com/r/a/comments/1/b/"]),
        ("x.com and/or e.g. 1.5/2 me@x.com/a ./a.b/c ../a.b/c htps://x.com/a", []),
        ("https://x.com/x.com/a", []),
        ("https://x.com/a x.com/a", []),
    ],
)  # fmt: skip
def test_addresses_without_a_scheme_are_told_apart(text: str, urls: list[str]) -> None:
    assert [found.link.url for found in find_links(text) if not found.is_whole] == urls


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


@given(st.text(max_size=300) | st.lists(PIECES, max_size=60).map("".join))
def test_links_can_be_searched_in_any_text(text: str) -> None:
    for found in find_links(text):
        assert parse_link(found.link.url) == found.link


BEFORE = st.sampled_from(["", " ", "看", "\u200f", "\ufeff", "\u200b", "（", "“", "🔥", "(", "**", "||", "`"])  # noqa: RUF001 - real texts
BEHIND = st.sampled_from(
    ["", " ", "看", "\u200f", "\ufeff", "\u200b", "）", "”", "。", "🔥", ").", "!", "** x", "||", "`"]  # noqa: RUF001 - real texts
)


@given(
    BEFORE,
    st.from_regex(r"https://[a-z]{1,9}\.[a-z]{2,5}/[a-z0-9]{1,9}((\*\*|~~|_|-|/)[a-z0-9]{1,9}){0,3}", fullmatch=True),
    BEHIND,
)
def test_what_stands_beside_a_link_is_no_part_of_it(before: str, url: str, behind: str) -> None:
    (found,) = find_links(before + url + behind)
    # What `**` opens before the link, the next one closes.
    expected = url.partition("**")[0] if before == "**" else url
    assert found.link.url == expected
    assert found.is_hidden == (before == behind == "||")


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


@pytest.mark.parametrize("text", ["x.com/a?u=https://b.c/d", "x.com/go/https://b.c/d", "x.com/a"])
def test_an_address_without_its_scheme_may_contain_another_address(text: str) -> None:
    found = read_link(text)
    assert (found.link.url, found.is_whole) == (f"https://{text}", False)
