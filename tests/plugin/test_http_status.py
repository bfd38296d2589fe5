"""What the status and the headers of a response say: the typed error, and how long the site asks to wait."""

import time
from email.utils import formatdate

import pytest

from boss_bot_core.plugin import (
    DownloadFailedError,
    NetworkError,
    NotFoundError,
    PermissionDeniedError,
    find_status_error,
    read_retry_after,
)

URL = "https://media.example.com/clip.mp4"


@pytest.mark.parametrize(
    ("status", "body", "error", "message"),
    [
        (302, "", None, None),
        (400, "", None, None),
        (400, "URL signature expired", NotFoundError, "media.example.com says: “URL signature expired”"),
        (408, "", NetworkError, "media.example.com took too long to answer."),
        (451, "", PermissionDeniedError, "media.example.com may not show this here, for legal reasons."),
        (599, "", NetworkError, "media.example.com has trouble right now (HTTP 599)."),
    ],
)
def test_a_status_tells_a_reason(
    status: int, body: str, error: type[DownloadFailedError] | None, message: str | None
) -> None:
    found = find_status_error(status, URL, {}, body)
    assert (type(found) if found else None, found.message if found else None) == (error, message)


def test_a_failure_of_the_server_keeps_its_retry_after() -> None:
    found = find_status_error(503, URL, {"Retry-After": "33"})
    assert found is not None
    assert found.retry_after_s == 33


@pytest.mark.parametrize(
    ("headers", "low", "high"),
    [
        ({"Retry-After": "30"}, 30, 30),
        ({"x-ratelimit-reset": "12.5"}, 12.5, 12.5),
        ({"Retry-After": "-5"}, 0, 0),
        ({"Retry-After": "1e99"}, 21_600, 21_600),
    ],
)
def test_retry_after_is_read_from_the_headers(headers: dict[str, str], low: float, high: float) -> None:
    wait = read_retry_after(headers)
    assert wait is not None
    assert low <= wait <= high


def test_retry_after_may_be_a_date_or_a_timestamp() -> None:
    moment = time.time() + 60
    dates = ({"Retry-After": formatdate(moment, usegmt=True)}, {"x-rate-limit-reset": str(int(moment))})
    assert all(55 < (read_retry_after(headers) or 0) <= 60 for headers in dates)


@pytest.mark.parametrize("value", ["", "soon", "nan", "Tue, 99 Foo", "Mon, 01 Jan 99999 00:00:00 GMT"])
def test_an_invalid_retry_after_is_ignored(value: str) -> None:
    assert read_retry_after({"Retry-After": value}) is None


def test_a_date_without_a_zone_is_in_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        date = formatdate(time.time() + 60).replace("-0000", "").strip()
        assert 55 < (read_retry_after({"Retry-After": date}) or 0) <= 60
    finally:
        monkeypatch.undo()
        time.tzset()
