"""Forms of cookie files: every usable line becomes the same line for the engines, every other one a reason."""

import json
from http.cookiejar import MozillaCookieJar
from pathlib import Path

import pytest

from boss_bot_core.domain.cookie_formats import parse_cookie_file

LINE = ".x.com\tTRUE\t/\tTRUE\t2000000000\tauth\tvalue"
ENTRY = {"domain": ".x.com", "name": "auth", "value": "value", "path": "/", "secure": True}


@pytest.mark.parametrize(
    "text",
    [
        LINE,
        f"#HttpOnly_{LINE}\r\n# a comment\r\n\r\n",
        f"# old Mac\r{LINE}\r",
        LINE.replace(".x.com", "X.com."),
        LINE.replace("TRUE", "true"),
        LINE.replace("2000000000", "2000000000.75"),
        LINE.replace("2000000000", "2000000000000"),
        LINE.replace("\t", "   ", 3),
        json.dumps([ENTRY | {"expirationDate": 2000000000.5}]),
        json.dumps([ENTRY | {"domain": "x.com", "hostOnly": False, "expirationDate": 2000000000}]),
        json.dumps({"cookies": [ENTRY | {"expires": 2000000000}], "origins": []}),
        json.dumps([ENTRY | {"expiry": 2000000000}], indent=4),
    ],
)
def test_every_form_of_a_cookie_becomes_the_same_line(text: str) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le"):
        file = parse_cookie_file(text.encode(encoding))
        assert (file.to_netscape().splitlines()[1:], file.problems) == ([LINE], ())


@pytest.mark.parametrize("end", ["", "0", "-1"])
def test_the_marks_of_a_session_cookie_are_no_expiry(end: str, tmp_path: Path) -> None:
    (tmp_path / "c.txt").write_text(parse_cookie_file(LINE.replace("2000000000", end).encode()).to_netscape())
    jar = MozillaCookieJar(tmp_path / "c.txt")
    jar.load(ignore_discard=True)
    assert [(cookie.name, cookie.value, cookie.expires) for cookie in jar] == [("auth", "value", None)]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (LINE.replace("\tvalue", ""), "6 field(s), not 7"),
        (LINE.replace("2000000000", "tomorrow"), "the time of expiry is no number"),
        (LINE.replace("2000000000", "1e999"), "the time of expiry is no number"),
        (LINE.replace("TRUE", "x.com", 1), "the second and the fourth field must be TRUE or FALSE"),
        (LINE.replace("value", "välue"), "a name or value with characters that a cookie cannot have"),
        (LINE.replace("auth", ""), "a name or value with characters that a cookie cannot have"),
        (LINE.replace(".x.com", "https://x.com/"), "no domain"),
        ("Cookie: auth=value; b=c", "a header string, which names no site"),
        ("auth=value", "a header string, which names no site"),
    ],
)
def test_a_bad_line_is_named_without_its_content_and_the_others_are_used(line: str, problem: str) -> None:
    file = parse_cookie_file(f"{LINE}\n{line}\n{LINE}".encode())
    assert file.problems == (f"line 2 is skipped: {problem}",)
    assert file.to_netscape().splitlines()[1:] == [LINE, LINE]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[\n  {"domain": "x.com",\n', "line 3: no valid JSON"),
        ('{"auth": "value"}', "line 1: no list of cookies with `domain`, `name` and `value`"),
        (
            json.dumps([{"name": "auth", "value": "value"}]),
            "cookie 1 is skipped: `domain`, `name` or `value` is missing",
        ),
        (json.dumps(["auth"]), "cookie 1 is skipped: `domain`, `name` or `value` is missing"),
    ],
)
def test_a_json_file_without_cookies_has_a_reason(text: str, problem: str) -> None:
    file = parse_cookie_file(text.encode())
    assert (file.cookies, file.problems) == ((), (problem,))
    assert file.to_netscape() == ""


def test_a_site_is_that_of_a_cookie_or_below_it() -> None:
    file = parse_cookie_file(LINE.replace("2000000000", "1").encode())
    assert [file.has_site(host) for host in ("x.com", "api.x.com", "ax.com", "com")] == [True, True, False, False]
