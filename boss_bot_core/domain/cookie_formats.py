"""The forms of cookie files that people have: Netscape, with tabs or spaces, and the JSON of extensions and tools.

A line that cannot be read does not spoil the others, and no text about a file contains a cookie's value.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from boss_bot_core.domain.cookies import Cookie, CookieFile

_HTTP_ONLY = "#HttpOnly_"
_FIELD_COUNT = 7
_FLAGS = {"TRUE": True, "FALSE": False}
_DOMAIN = re.compile(r"\.?[a-z0-9_:-]+(\.[a-z0-9_-]+)*")
_HEADER_STRING = re.compile(r"(cookie:\s*)?[^\s=;]+=[^;]*(;.*)?", re.IGNORECASE)
_MILLISECONDS_FROM = 1e11
"""Larger times are in milliseconds: as seconds they would lie beyond the year 5138."""


def parse_cookie_file(data: bytes) -> CookieFile:
    """Parse a file in UTF-8 or UTF-16; a byte that is neither spoils only its own line."""
    text = data.decode(json.detect_encoding(data), errors="replace").strip("\ufeff")
    found = tuple(_parse_json(text) if text.lstrip().startswith(("[", "{")) else _parse_netscape(text))
    return CookieFile(
        cookies=tuple(each for each in found if isinstance(each, Cookie)),
        problems=tuple(each for each in found if isinstance(each, str)),
    )


def _parse_netscape(text: str) -> Iterator[Cookie | str]:
    for number, line in enumerate(re.split(r"\r\n?|\n", text), 1):
        written = line.removeprefix(_HTTP_ONLY)
        if written.strip() and not written.startswith("#"):
            yield _parse(_parse_line, written, f"line {number}")


def _parse_json(text: str) -> Iterator[Cookie | str]:
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        yield f"line {error.lineno}: no valid JSON"
        return
    entries = document.get("cookies") if isinstance(document, dict) else document
    if not isinstance(entries, list):
        yield "line 1: no list of cookies with `domain`, `name` and `value`"
        return
    for number, entry in enumerate(entries, 1):
        yield _parse(_parse_object, entry, f"cookie {number}")


def _parse(parse: Callable[[Any], Cookie], written: object, place: str) -> Cookie | str:
    try:
        return parse(written)
    except ValueError as error:
        return f"{place} is skipped: {error}"


def _parse_line(line: str) -> Cookie:
    fields = line.split("\t")
    if len(fields) != _FIELD_COUNT:  # a page or an editor has made spaces out of the tabs
        fields = line.split(maxsplit=_FIELD_COUNT - 1)
    if len(fields) != _FIELD_COUNT:
        is_header = _HEADER_STRING.fullmatch(line.strip())
        raise ValueError("a header string, which names no site" if is_header else f"{len(fields)} field(s), not 7")
    domain, includes_subdomains, path, is_secure, expires, name, value = fields
    if not {includes_subdomains.upper(), is_secure.upper()} <= _FLAGS.keys():
        raise ValueError("the second and the fourth field must be TRUE or FALSE")
    dot = "." if _FLAGS[includes_subdomains.upper()] else ""
    return _build_cookie(f"{dot}{domain}", path, _FLAGS[is_secure.upper()], expires, name, value)


def _parse_object(entry: object) -> Cookie:
    if not isinstance(entry, dict) or not all(isinstance(entry.get(key), str) for key in ("domain", "name", "value")):
        raise ValueError("`domain`, `name` or `value` is missing")
    dot = "." if entry.get("hostOnly") is False else ""
    # The keys of browser extensions, of Playwright and of Selenium.
    expires = next((entry[key] for key in ("expirationDate", "expires", "expiry") if entry.get(key) is not None), "")
    path, is_secure = str(entry.get("path") or "/"), entry.get("secure") is True
    return _build_cookie(f"{dot}{entry['domain']}", path, is_secure, str(expires), entry["name"], entry["value"])


def _build_cookie(domain: str, path: str, is_secure: bool, expires: str, name: str, value: str) -> Cookie:  # noqa: FBT001 - the fields of the format
    dot, host = "." if domain.startswith(".") else "", domain.strip().strip(".").lower()
    if not _DOMAIN.fullmatch(host):
        raise ValueError("no domain")
    if not name.strip() or not all(text.isascii() and text.isprintable() for text in (path, name, value)):
        raise ValueError("a name or value with characters that a cookie cannot have")
    return Cookie(
        domain=f"{dot}{host}",
        path=path if path.startswith("/") else "/",
        is_secure=is_secure,
        expires_at=_parse_time(expires),
        name=name,
        value=value,
    )


def _parse_time(text: str) -> int | None:
    """Return a Unix time; None for the marks of a session cookie, which are an empty text, 0 and -1."""
    try:
        seconds = float(text or 0)
        return None if seconds <= 0 else int(seconds / 1000 if seconds >= _MILLISECONDS_FROM else seconds)
    except (ValueError, OverflowError):
        raise ValueError("the time of expiry is no number") from None
