"""A text that a site sends in place of a file: whether a file is one, and the error that the text explains."""

import json
import re
from html import unescape
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from boss_bot_core.errors import (
    AuthRequiredError,
    DownloadFailedError,
    FileRejectedError,
    NotFoundError,
    NothingFoundError,
)
from boss_bot_core.plugin.site_messages import find_message_error, quote_message

MAX_BODY_BYTES: Final = 8000
"""Bytes of a text that are read; a longer one is a page, whose title and form stand in front."""

_HEAD_BYTES: Final = 512
_BINARY: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
"""Control characters that no text has, and that the head of every media file has."""

_DOCUMENT: Final = re.compile(rb"%PDF-|(?:\xef\xbb\xbf)?(?:WEBVTT\s|\s*\d+[ \t]*\r?\n[\d:,.]+[ \t]+-->)")
"""Beginnings of documents, PDF and subtitles: the inspection decides which ones are accepted."""

_LOGIN_ADDRESS: Final = re.compile(
    r"//(?:login|signin|sso)\.|/(?:[\w-]*[_-])?(?:log[_-]?in|sign[_-]?in|sso|authorize)(?:\.(?:php|aspx?|html?|jsp|do))?"
    r"(?=[/?#]|$)",
    re.IGNORECASE,
)
_PASSWORD_FIELD: Final = re.compile(r"<input\b[^>]*\btype=[\"']?password", re.IGNORECASE)
_LOGIN_TITLE: Final = re.compile(r"(?:please )?(?:log|sign) ?[io]n\b", re.IGNORECASE)
_MISSING_TITLE: Final = re.compile(r"\b(?:404|not found|no longer|expired)\b", re.IGNORECASE)
_TITLE: Final = re.compile(r"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_XML_MESSAGE: Final = re.compile(r"<message[^>]*>(.*?)</message", re.IGNORECASE | re.DOTALL)
_PAGE: Final = re.compile(r"\s*<(?!\?xml|error)", re.IGNORECASE)
_JSON_KEYS: Final = (
    "message",
    "error_description",
    "detail",
    "error",
    "errors",
    "msg",
    "reason",
    "title",
    "description",
)


def read_text(path: Path) -> str | None:
    """Return the beginning of a file that is a text, or None if it is a document, or binary as all media are."""
    with path.open("rb") as file:
        body = file.read(MAX_BODY_BYTES)
    is_file = _DOCUMENT.match(body) or _BINARY.search(body[:_HEAD_BYTES])
    return None if is_file else body.decode("utf-8-sig", "replace")


def is_page(text: str) -> bool:
    """Return whether a text is a page, which may have media in it."""
    return _PAGE.match(text) is not None


def explain_text(text: str, url: str, *, has_no_media: bool = False) -> DownloadFailedError | None:
    """Return the error that a text in place of a file explains, or None if it explains nothing.

    Args:
        text: The beginning of the text.
        url: The address that sent it, after all redirects.
        has_no_media: Whether a page was searched for media in vain: a field for a password is then the reason.
    """
    host = urlsplit(url).hostname or "the site"
    if _LOGIN_ADDRESS.search(url.partition("?")[0]) or (has_no_media and _PASSWORD_FIELD.search(text)):
        return AuthRequiredError(f"{host} wants a login.")
    if not is_page(text):
        return find_message_error(_find_message(text), host)
    found = _TITLE.search(text)
    title = unescape(found[1]).strip() if found else ""
    if _LOGIN_TITLE.match(title):
        return AuthRequiredError(quote_message(title, host))
    return NotFoundError(quote_message(title, host)) if _MISSING_TITLE.search(title) else None


def build_text_error(text: str, url: str) -> DownloadFailedError:
    """Return the error for a text in place of a file; unknown words are quoted. See `explain_text`."""
    host = urlsplit(url).hostname or "the site"
    if error := explain_text(text, url):
        return error
    if is_page(text):
        return NothingFoundError(f"{host} sent a page in place of the file.")
    return FileRejectedError(quote_message(_find_message(text), host))


def _find_message(text: str) -> str:
    if found := _XML_MESSAGE.search(text):
        return unescape(found[1])
    try:
        return _find_json_message(json.loads(text)) or text
    except ValueError:
        return text


def _find_json_message(value: object) -> str | None:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return next(filter(None, map(_find_json_message, value)), None)
    if isinstance(value, dict):
        return next((text for key in _JSON_KEYS if (text := _find_json_message(value.get(key)))), None)
    return None
