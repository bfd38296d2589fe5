"""No secret reaches the console or the log file, wherever it occurs in a record."""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from loguru import logger

from boss_bot_core.app.cookies import CookieStore
from boss_bot_core.log import Redactor
from tests.properties import few_examples, many_random_examples

Start = Callable[..., Redactor]

TOKEN = "MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs"

secrets = st.text(min_size=6, max_size=60).filter(lambda text: len(text.strip()) >= 6)
surroundings = st.text(max_size=20)


class Holder:
    """An object whose repr contains the text."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return f"Holder({self.text})"


def raise_with_secret(secret: str) -> None:
    local = [secret]
    raise ValueError(secret, local) from KeyError(secret)


def list_spellings(secret: str) -> set[str]:
    return {secret, repr(secret)[1:-1], json.dumps(secret)[1:-1], json.dumps(repr(secret))[2:-2]}


@given(secret=secrets, before=surroundings, after=surroundings)
def test_a_known_secret_is_not_in_the_redacted_text(secret: str, before: str, after: str) -> None:
    redacted = Redactor(secret).redact(f"{before}{secret}{after}")
    # The surrounding text may form the secret again only if the secret consists of characters of the mark.
    assert secret not in redacted or secret in f"{before}***{after}"


def log_secret(start: Start, capsys: pytest.CaptureFixture[str], tmp_path: Path, level: str, secret: str) -> str:
    """Log a secret in every place, and return the text of both sinks."""
    file = tmp_path / "logs" / "boss-bot.jsonl"
    file.unlink(missing_ok=True)
    start(log_level=level).add_secrets(secret)
    entries = logger.bind(text=secret, nested={"list": [secret, 1], secret: True}, thing=Holder(secret))
    entries.info("start {} and {} end", secret, Holder(secret))
    try:
        raise_with_secret(secret)
    except ValueError:
        entries.exception("It broke at {}", secret)
    return capsys.readouterr().err + file.read_text(encoding="utf-8")


def check_sinks(start: Start, capsys: pytest.CaptureFixture[str], tmp_path: Path, level: str, secret: str) -> None:
    output = log_secret(start, capsys, tmp_path, level, secret)
    assert "ValueError" in output
    if found := [spelling for spelling in list_spellings(secret) if spelling in output]:
        # A random text may be a word of the log itself, such as a key of its JSON.
        own_words = log_secret(start, capsys, tmp_path, level, "another secret")
        assert [spelling for spelling in found if spelling not in own_words] == []


logged_secrets = secrets.filter(lambda text: not set(text) <= set("*\\"))


@few_examples(25)
@given(secret=logged_secrets)
@example(secret="messag")
@pytest.mark.parametrize("level", ["INFO", "DEBUG"])
def test_a_known_secret_is_in_neither_sink(
    start: Start, capsys: pytest.CaptureFixture[str], tmp_path: Path, level: str, secret: str
) -> None:
    check_sinks(start, capsys, tmp_path, level, secret)


@pytest.mark.slow
@many_random_examples(500)
@given(secret=logged_secrets)
@pytest.mark.parametrize("level", ["INFO", "DEBUG"])
def test_no_secret_is_in_either_sink(
    start: Start, capsys: pytest.CaptureFixture[str], tmp_path: Path, level: str, secret: str
) -> None:
    check_sinks(start, capsys, tmp_path, level, secret)


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        (f"login with {TOKEN} failed", "login with *** failed"),
        ("GET http://lease7:Xy12@127.0.0.1:9/ ok", "GET http://***@127.0.0.1:9/ ok"),
        ("postgresql+asyncpg://bot:pass@word@db/boss", "postgresql+asyncpg://***@db/boss"),
        ("Authorization: Bearer abc.def\nHost: x", "Authorization: ***\nHost: x"),
        ("Proxy-Authorization: Basic bGVhc2U6", "Proxy-Authorization: ***"),
        ("cookie: auth_token=abc; ct0=def", "cookie: ***"),
        ("{'Authorization': 'Bot abc', 'Host': 'x'}", "{'Authorization': '***', 'Host': 'x'}"),
        ('{"cookie": "a=\\"b\\"", "n": 1}', '{"cookie": "***", "n": 1}'),
        ("[(b'proxy-authorization', b'Basic eA==')]", "[(b'proxy-authorization', b'***')]"),
        ("https://x.com/?auth_token=12ab&lang=en", "https://x.com/?auth_token=***&lang=en"),
        ("password='hunter2', user='x'", "password='***', user='x'"),
        ("sent Bearer abcdefghijklmnop to it", "sent Bearer *** to it"),
    ],
)
def test_text_that_looks_like_a_secret_is_redacted(text: str, redacted: str) -> None:
    assert Redactor().redact(text) == redacted


@pytest.mark.parametrize(
    "text",
    [
        "Downloaded https://x.com/a/status/1 (3 files, 1.2 MB) for @someone",
        "The token is missing.",
        "basic training of a bot",
        "boss_bot_core.pipeline.stages.download",
        "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b",
    ],
)
def test_other_text_is_unchanged(text: str) -> None:
    assert Redactor("abcdef", "abc").redact(text) == text


def test_fields_whose_name_denotes_a_secret_are_hidden(
    start: Start, read_file: Callable[[], list[dict[str, object]]]
) -> None:
    start()
    logger.bind(headers={"Cookie": "x", "Accept": "y"}, auth_token="z", count=3).info("hello")
    (entry,) = read_file()
    assert entry["headers"] == {"Cookie": "***", "Accept": "y"}
    assert (entry["auth_token"], entry["count"]) == ("***", 3)


def test_the_token_and_the_cookies_of_the_settings_are_redacted(start: Start, tmp_path: Path) -> None:
    cookies = tmp_path / "cookies.txt"
    line = ".x.com\tTRUE\t/\tTRUE\t2147483647\tauth_token\t0123456789abcdef"
    cookies.write_text(f"# Netscape HTTP Cookie File\n{line}\n", encoding="utf-8")
    broken = tmp_path / "broken.txt"
    broken.write_text("no cookies", encoding="utf-8")
    redactor = start(token="a-token-of-no-shape", cookies={"twitter": str(cookies), "reddit": str(broken)})
    assert redactor.redact("a-token-of-no-shape 0123456789abcdef") == "*** ***"


def test_renewed_cookies_are_redacted_too(start: Start, tmp_path: Path) -> None:
    cookies = tmp_path / "cookies.txt"
    cookies.write_text(".x.com\tTRUE\t/\tTRUE\t\tauth_token\tfirst-login")
    redactor = start(cookies={"twitter": str(cookies)})
    store = CookieStore({"twitter": cookies})
    assert store.find("twitter")
    cookies.write_text(".x.com\tTRUE\t/\tTRUE\t\tauth_token\tsecond-login")
    os.utime(cookies, (1, 1))
    assert store.find("twitter")
    assert redactor.redact("second-login") == "***"


@pytest.mark.parametrize("unit", ["a", "a-", "token", "://", "cookie", "'token':", "x.", "'"])
def test_long_texts_are_redacted_in_linear_time(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    start = time.process_time()
    Redactor("secret").redact(text)
    assert time.process_time() - start < 2
