"""Statuses, exceptions, traffic and log messages are translated into typed errors."""

import errno
import json
import time
from datetime import UTC, datetime, timedelta

import pytest
import requests
from gallery_dl import exception, extractor
from requests.structures import CaseInsensitiveDict

from boss_bot_core import errors
from boss_bot_gallerydl._errors import to_download_error
from boss_bot_gallerydl._http_adapter import RefusedByProxy
from boss_bot_gallerydl._rate_limit import limit_extractor_wait
from boss_bot_gallerydl._traffic import ResponseSummary, TrafficRecord


def build_response(status: int, **headers: str) -> ResponseSummary:
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    return ResponseSummary(host="example.com", status=status, headers=CaseInsensitiveDict(fields))


CHALLENGE_RESPONSE = requests.Response()


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
def test_a_status_is_translated(status: int, error: type[Exception] | None) -> None:
    assert (type(found) if (found := build_response(status).find_error()) else None) is error


EXCEEDED_QUOTA = f"OSError: {OSError(errno.EDQUOT, 'Disk quota exceeded')}"
READ_ONLY = f"OSError: {OSError(errno.EROFS, 'Read-only file system', '/temp/1.mp4.part')}"


@pytest.mark.parametrize(
    ("failure", "traffic", "error"),
    [
        (exception.AuthRequired(), TrafficRecord(), errors.AuthRequiredError),
        (exception.AuthenticationError(), TrafficRecord(), errors.AuthRequiredError),
        (exception.NotFoundError("post"), TrafficRecord(), errors.NotFoundError),
        (exception.NoExtractorError(), TrafficRecord(), errors.UnsupportedUrlError),
        (exception.AbortExtraction("no"), TrafficRecord(response=build_response(429)), errors.RateLimitError),
        (exception.AbortExtraction("no"), TrafficRecord(response=build_response(200)), errors.EngineBrokenError),
        (KeyError("guest_token"), TrafficRecord(response=build_response(500)), errors.NetworkError),
        (KeyError("changed"), TrafficRecord(response=build_response(200)), errors.EngineBrokenError),
        (json.JSONDecodeError("no", "", 0), TrafficRecord(response=build_response(200)), errors.EngineBrokenError),
        (OSError(errno.ENOSPC, "full"), TrafficRecord(), errors.DiskFullError),
        # gallery-dl only logs all but a full disk, after a response that says nothing of it.
        (None, TrafficRecord(response=build_response(200), log_messages=[EXCEEDED_QUOTA]), errors.DiskFullError),
        (None, TrafficRecord(response=build_response(200), log_messages=[READ_ONLY]), errors.MachineError),
        (RefusedByProxy("loopback"), TrafficRecord(), errors.BlockedError),
        (exception.HttpError("no"), TrafficRecord(refusal="private"), errors.BlockedError),
        (exception.HttpError("no"), TrafficRecord(refusal="byte-cap"), errors.FileTooLargeError),
        (exception.HttpError("no"), TrafficRecord(refusal="connections"), errors.NetworkError),
        (exception.HttpError("no"), TrafficRecord(connection_error=requests.ConnectionError()), errors.NetworkError),
        (
            exception.HttpError("no"),
            TrafficRecord(connection_error=requests.exceptions.SSLError()),
            errors.NetworkError,
        ),
        (
            exception.HttpError("no"),
            TrafficRecord(connection_error=requests.ReadTimeout()),
            errors.DownloadTimeoutError,
        ),
        (errors.RateLimitError("later"), TrafficRecord(response=build_response(404)), errors.RateLimitError),
        (requests.RequestException(), TrafficRecord(), errors.NetworkError),
        (
            exception.ChallengeError("Cloudflare", CHALLENGE_RESPONSE),
            TrafficRecord(response=build_response(403)),
            errors.UnsupportedUrlError,
        ),
        (None, TrafficRecord(response=build_response(404)), errors.NotFoundError),
        (None, TrafficRecord(response=build_response(200, Content_Length="0")), errors.NothingFoundError),
        (
            None,
            TrafficRecord(response=build_response(200), log_messages=["Read timed out."]),
            errors.DownloadTimeoutError,
        ),
        (None, TrafficRecord(response=build_response(206, Content_Range="bytes 0-1/2")), errors.NetworkError),
        (RuntimeError("?"), TrafficRecord(), errors.EngineBrokenError),
    ],
)
def test_a_failure_is_translated(failure: Exception | None, traffic: TrafficRecord, error: type[Exception]) -> None:
    assert type(to_download_error(failure, traffic, "example.com")) is error


@pytest.mark.parametrize(
    ("message", "error"),
    [
        ("ERROR: unable to download video data: HTTP Error 404: Not Found", errors.NotFoundError),
        ("Unable to connect to proxy: Tunnel connection failed: 403 Forbidden (loopback)", errors.BlockedError),
        ("something else", errors.NetworkError),
    ],
)
def test_log_messages_are_translated(message: str, error: type[Exception]) -> None:
    traffic = TrafficRecord(log_messages=[message])
    traffic.read_log_messages("example.com")
    assert type(to_download_error(None, traffic, "example.com")) is error


def test_a_long_wait_raises_and_a_short_wait_waits() -> None:
    found = extractor.find("https://www.reddit.com/comments/1abcde")
    limit_extractor_wait(found)
    with pytest.raises(errors.RateLimitError) as caught:
        found.wait(seconds="600")
    assert caught.value.retry_after_s == 600
    for moment in (time.time() + 600, datetime.now(UTC) + timedelta(minutes=10)):
        with pytest.raises(errors.RateLimitError):
            found.wait(until=moment)
    found.wait(seconds=0.01, adjust=0.0)


@pytest.mark.parametrize(
    "message",
    [
        "[debug] 1: Requested format is not available. Use --list-formats for a list of available formats",
        "The extracted extension ('php') is unusual and will be skipped for safety reasons.",
    ],
)
def test_a_file_that_no_retry_changes_is_not_a_network_error(message: str) -> None:
    error = to_download_error(None, TrafficRecord(log_messages=[message]), "example.com")
    assert isinstance(error, errors.NothingFoundError)
    assert not error.retryable
