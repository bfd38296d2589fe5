"""Tests for texts in place of files: what a text is, and the error that it explains."""

from pathlib import Path

import pytest

from boss_bot_core import errors
from boss_bot_core.plugin import build_text_error, explain_text, read_text

URL = "https://files.example/a.mp4"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"URL signature expired", "URL signature expired"),
        (b"\xef\xbb\xbf<html>", "<html>"),
        (b"r\xe9sum\xe9", "r\ufffdsum\ufffd"),
        (b"", ""),
        (b"\0\0\0\x18ftypmp42" + b"text " * 200, None),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", None),
        (b"RIFF\x24\0\0\0WAVEfmt ", None),
        (b"ID3\x04\0\0", None),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", None),
        (b"WEBVTT\n\n00:01.000 --> 00:04.000\nHello", None),
        (b"\xef\xbb\xbf1\r\n00:00:01,000 --> 00:00:04,000\r\nHello", None),
        (b"WEBVTTP is not found", "WEBVTTP is not found"),
        (b"404\nThis --> is gone", "404\nThis --> is gone"),
    ],
)
def test_a_file_without_control_characters_that_is_no_document_is_a_text(
    tmp_path: Path, content: bytes, text: str | None
) -> None:
    (tmp_path / "a").write_bytes(content)
    assert read_text(tmp_path / "a") == text


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        ("URL signature expired", errors.NotFoundError, "“URL signature expired” Copy a fresh link"),
        ("The link has expired.", errors.NotFoundError, "“The link has expired” Copy a fresh link"),
        ("Request signature we calculated does not match", errors.NotFoundError, "Copy a fresh link"),
        ("Bad URL signature", errors.NotFoundError, "Copy a fresh link"),
        ("This content is no longer available.", errors.NotFoundError, "Check the link."),
        ('{"errors": [{"code": 7, "message": "No such object"}]}', errors.NotFoundError, "“No such object”"),
        ('{"error": {"code": 403, "detail": "Access denied"}}', errors.PermissionDeniedError, "“Access denied”"),
        ("<Error><Code>AccessDenied</Code><Message>Access &amp; Denied: forbidden</Message></Error>",
         errors.PermissionDeniedError, "“Access & Denied: forbidden”"),
        ("<html><title>Sign in to continue</title>", errors.AuthRequiredError, "“Sign in to continue”"),
        ("<html><title>Page not found</title>", errors.NotFoundError, "“Page not found”"),
        ("<html><title>Not found</title><p>" + "x" * 9000, errors.NotFoundError, "“Not found”"),
        ("<html><title>Found: a signing private clip</title>", errors.NothingFoundError, "a page in place"),
        ("<html><input type=password>", errors.NothingFoundError, "a page in place"),
        ("Too many requests", errors.RateLimitError, "“Too many requests”"),
        ("ok", errors.FileRejectedError, "“ok”"),
        ("a\u202eb\x07\n\tc" + "d" * 200, errors.FileRejectedError, "“ab c" + "d" * 155 + "…”"),
    ],
)  # fmt: skip
def test_a_text_in_place_of_a_file_is_judged(text: str, error: type[Exception], words: str) -> None:
    found = build_text_error(text, URL)
    assert type(found) is error
    assert words in found.user_message


@pytest.mark.parametrize(
    ("address", "is_login"),
    [
        ("https://a.example/accounts/login?next=/x", True),
        ("https://a.example/wp-login.php", True),
        ("https://a.example/users/sign_in", True),
        ("https://login.a.example/", True),
        ("https://a.example/how-to-login.mp4", False),
        ("https://a.example/x?next=/login", False),
        ("https://a.example/blogin", False),
    ],
)
def test_a_redirect_to_a_login_page_is_recognised(address: str, *, is_login: bool) -> None:
    assert isinstance(explain_text("<html>", address), errors.AuthRequiredError) == is_login


def test_a_password_field_counts_only_on_a_page_without_media() -> None:
    page = '<html><form><input name="a" type="password"></form>'
    assert explain_text(page, URL) is None
    assert isinstance(explain_text(page, URL, has_no_media=True), errors.AuthRequiredError)


def test_advice_of_an_error_reaches_the_bot_and_usual_advice_is_left_out() -> None:
    expired = build_text_error("URL signature expired", URL)
    assert errors.build_report(expired).to_error().user_message == expired.user_message
    assert errors.build_report(errors.NotFoundError("Gone.")).advice is None


@pytest.mark.parametrize("error", [errors.NotFoundError("Gone.", try_next=True), errors.NetworkError("Down.")])
def test_whether_another_plugin_may_try_reaches_the_bot(error: errors.DownloadFailedError) -> None:
    assert errors.build_report(error).to_error().try_next
