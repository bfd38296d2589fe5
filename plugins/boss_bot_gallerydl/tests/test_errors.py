"""How statuses, exceptions and traffic become typed errors."""

import errno
import json
import time
from datetime import UTC, datetime, timedelta
from email.utils import formatdate

import pytest
import requests
from gallery_dl import exception, extractor
from requests.structures import CaseInsensitiveDict

from boss_bot_core import errors
from boss_bot_gallerydl._failure import translate
from boss_bot_gallerydl._notes import read_notes
from boss_bot_gallerydl._patience import limit_patience
from boss_bot_gallerydl._statuses import LONGEST_WAIT_S, error_for, retry_after_s
from boss_bot_gallerydl._wire import RefusedByProxy
from boss_bot_gallerydl.evidence import Answer, Evidence


def answer(status: int, **headers: str) -> Answer:
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(host="example.com", status=status, headers=CaseInsensitiveDict(fields))


REFUSAL = requests.Response()


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (200, None),
        (302, None),
        (400, None),
        (401, errors.AuthRequiredError),
        (403, errors.PermissionDeniedError),
        (404, errors.NotFoundError),
        (410, errors.NotFoundError),
        (429, errors.RateLimitError),
        (451, errors.PermissionDeniedError),
        (500, errors.NetworkError),
        (503, errors.NetworkError),
        (599, errors.NetworkError),
    ],
)
def test_a_status_has_its_error(status: int, error: type[Exception] | None) -> None:
    assert (type(found) if (found := error_for(answer(status))) else None) is error


@pytest.mark.parametrize(
    ("headers", "low", "high"),
    [
        ({"Retry_After": "30"}, 30, 30),
        ({"x_ratelimit_reset": "12.5"}, 12.5, 12.5),
        ({"Retry_After": "-5"}, 0, 0),
        ({"Retry_After": "1e99"}, LONGEST_WAIT_S, LONGEST_WAIT_S),
    ],
)
def test_a_site_says_when_to_come_back(headers: dict[str, str], low: float, high: float) -> None:
    wait = retry_after_s(answer(429, **headers).headers)
    assert wait is not None
    assert low <= wait <= high


def test_a_site_may_name_the_moment_instead() -> None:
    moment = time.time() + 60
    dates = ({"Retry-After": formatdate(moment, usegmt=True)}, {"x-rate-limit-reset": str(int(moment))})
    assert all(55 < (retry_after_s(headers) or 0) <= 60 for headers in dates)


@pytest.mark.parametrize("value", ["", "soon", "nan", "Tue, 99 Foo"])
def test_nonsense_is_no_time(value: str) -> None:
    assert retry_after_s({"Retry-After": value}) is None


@pytest.mark.parametrize(
    ("failure", "evidence", "error"),
    [
        (exception.AuthRequired(), Evidence(), errors.AuthRequiredError),
        (exception.AuthenticationError(), Evidence(), errors.AuthRequiredError),
        (exception.NotFoundError("post"), Evidence(), errors.NotFoundError),
        (exception.NoExtractorError(), Evidence(), errors.UnsupportedUrlError),
        (exception.AbortExtraction("no"), Evidence(answer=answer(429)), errors.RateLimitError),
        (exception.AbortExtraction("no"), Evidence(answer=answer(200)), errors.EngineBrokenError),
        (KeyError("guest_token"), Evidence(answer=answer(500)), errors.NetworkError),
        (KeyError("changed"), Evidence(answer=answer(200)), errors.EngineBrokenError),
        (json.JSONDecodeError("no", "", 0), Evidence(answer=answer(200)), errors.EngineBrokenError),
        (OSError(errno.ENOSPC, "full"), Evidence(), errors.DiskFullError),
        (RefusedByProxy("loopback"), Evidence(), errors.BlockedError),
        (exception.HttpError("no"), Evidence(refused="private"), errors.BlockedError),
        (exception.HttpError("no"), Evidence(refused="byte-cap"), errors.FileTooLargeError),
        (exception.HttpError("no"), Evidence(broken=requests.ConnectionError()), errors.NetworkError),
        (exception.HttpError("no"), Evidence(broken=requests.exceptions.SSLError()), errors.NetworkError),
        (exception.HttpError("no"), Evidence(broken=requests.ReadTimeout()), errors.DownloadTimeoutError),
        (errors.RateLimitError("later"), Evidence(answer=answer(404)), errors.RateLimitError),
        (requests.RequestException(), Evidence(), errors.NetworkError),
        (exception.ChallengeError("Cloudflare", REFUSAL), Evidence(answer=answer(403)), errors.UnsupportedUrlError),
        (None, Evidence(answer=answer(404)), errors.NotFoundError),
        (None, Evidence(answer=answer(200, Content_Type="text/html; charset=utf-8")), errors.NotFoundError),
        (None, Evidence(answer=answer(200, Content_Length="0")), errors.NothingFoundError),
        (None, Evidence(answer=answer(200), notes=["Read timed out."]), errors.DownloadTimeoutError),
        (None, Evidence(answer=answer(206, Content_Range="bytes 0-1/2")), errors.NetworkError),
        (RuntimeError("?"), Evidence(), errors.EngineBrokenError),
    ],
)
def test_every_ending_has_its_error(failure: Exception | None, evidence: Evidence, error: type[Exception]) -> None:
    assert type(translate(failure, evidence, "example.com")) is error


@pytest.mark.parametrize(
    ("note", "error"),
    [
        ("ERROR: unable to download video data: HTTP Error 404: Not Found", errors.NotFoundError),
        ("Unable to connect to proxy: Tunnel connection failed: 403 Forbidden (loopback)", errors.BlockedError),
        ("something else", errors.NetworkError),
    ],
)
def test_what_only_the_log_tells_counts_too(note: str, error: type[Exception]) -> None:
    evidence = Evidence(notes=[note])
    read_notes(evidence, "example.com")
    assert type(translate(None, evidence, "example.com")) is error


def test_a_long_wait_is_an_error_and_a_short_one_is_not() -> None:
    found = extractor.find("https://www.reddit.com/comments/1abcde")
    limit_patience(found)
    with pytest.raises(errors.RateLimitError) as caught:
        found.wait(seconds="600")
    assert caught.value.retry_after_s == 600
    for moment in (time.time() + 600, datetime.now(UTC) + timedelta(minutes=10)):
        with pytest.raises(errors.RateLimitError):
            found.wait(until=moment)
    found.wait(seconds=0.01, adjust=0.0)
