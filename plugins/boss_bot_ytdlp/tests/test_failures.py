"""Whatever yt-dlp can raise, and what it becomes."""

import email.utils
import errno
import io
import time
from collections.abc import Callable

import pytest
from yt_dlp.networking import Response
from yt_dlp.networking.exceptions import CertificateVerifyError, HTTPError, ProxyError, TransportError
from yt_dlp.utils import (
    DownloadError,
    ExtractorError,
    GeoRestrictedError,
    PostProcessingError,
    UnsupportedError,
    UserNotLive,
)

from boss_bot_core.plugin import FileTooLargeError
from boss_bot_ytdlp._failures import failure_of
from boss_bot_ytdlp._statuses import retry_after_s


def http(status: int, **headers: str) -> HTTPError:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return HTTPError(Response(io.BytesIO(b""), "https://media.example.com/x", named, status=status))


def said(message: str, *, expected: bool = True) -> ExtractorError:
    return ExtractorError(message, expected=expected, video_id="1", ie="Some")


def reported(cause: Exception) -> DownloadError:
    """What `YoutubeDL.report_error` makes of an exception."""
    return DownloadError(f"ERROR: {cause}", (type(cause), cause, None))


Wrap = Callable[[Exception], Exception]

CASES: list[tuple[Exception, str]] = [
    (http(401), "AuthRequiredError"),
    (http(403), "PermissionDeniedError"),
    (http(404), "NotFoundError"),
    (http(410), "NotFoundError"),
    (http(429), "RateLimitError"),
    (http(451), "PermissionDeniedError"),
    (http(503), "NetworkError"),
    (http(403, X_BossBot_Refused="loopback"), "BlockedError"),
    (http(403, X_BossBot_Refused="byte-cap"), "FileTooLargeError"),
    (http(503, X_BossBot_Refused="connections"), "NetworkError"),
    (http(502, X_BossBot_Failure="lookup"), "NetworkError"),
    (http(407), "NetworkError"),
    (ProxyError(cause=OSError("Tunnel connection failed: 403 Forbidden (private)")), "BlockedError"),
    (ProxyError(cause=OSError("Tunnel connection failed: 403 Forbidden (byte-cap)")), "FileTooLargeError"),
    (ProxyError(cause=OSError("Tunnel connection failed: 502 Bad Gateway (lookup)")), "NetworkError"),
    (CertificateVerifyError(), "NetworkError"),
    (TransportError("reset by peer"), "NetworkError"),
    (TimeoutError("timed out"), "NetworkError"),
    (OSError(errno.ENOSPC, "No space left on device"), "DiskFullError"),
    (OSError(errno.EFBIG, "File too large"), "FileTooLargeError"),
    (PostProcessingError("av_interleaved_write_frame(): No space left on device"), "DiskFullError"),
    (PostProcessingError("Conversion failed!"), "EngineBrokenError"),
    (UnsupportedError("https://media.example.com/x"), "NothingFoundError"),
    (GeoRestrictedError("Not available in your country"), "PermissionDeniedError"),
    (UserNotLive(), "UnsupportedUrlError"),
    (said("Video unavailable. This video is private"), "PermissionDeniedError"),
    (said("Sign in to confirm your age. This video may be inappropriate for some users."), "AuthRequiredError"),
    (said("This video is only available for registered users. Use --cookies"), "AuthRequiredError"),
    (said("NSFW tweet requires authentication"), "AuthRequiredError"),
    (said("Join this channel to get access to members-only content"), "AuthRequiredError"),
    (said("This video has been removed by the uploader"), "NotFoundError"),
    (said("Video unavailable"), "NotFoundError"),
    (said("The requested clip does not exist"), "NotFoundError"),
    (said("No video could be found in this tweet"), "NothingFoundError"),
    (said("This video is DRM protected"), "UnsupportedUrlError"),
    (said("Your account has been rate-limited. Please try again later"), "RateLimitError"),
    (said("Premieres in 4 hours"), "UnsupportedUrlError"),
    (said("Something nobody foresaw"), "NothingFoundError"),
    (said("No video formats found!", expected=False), "NothingFoundError"),
    (said("Sign in to confirm you're not a bot"), "PermissionDeniedError"),
    (said("Unable to extract title", expected=False), "EngineBrokenError"),
    (IndexError("list index out of range"), "EngineBrokenError"),
    (KeyError("data"), "EngineBrokenError"),
]


@pytest.mark.parametrize(("cause", "expected"), CASES, ids=[str(cause)[:40] for cause, _ in CASES])
@pytest.mark.parametrize("wrap", [lambda error: error, reported], ids=["bare", "reported"])
def test_each_cause_becomes_one_of_our_errors(cause: Exception, expected: str, wrap: Wrap) -> None:
    assert type(failure_of(wrap(cause), "media.example.com")).__name__ == expected


def test_a_status_behind_an_extractors_error_counts_before_its_words() -> None:
    try:
        raise http(503)
    except HTTPError as cause:
        # The words alone ("Service Unavailable") would mean that the video is gone.
        error = ExtractorError("Unable to download webpage: HTTP Error 503: Service Unavailable", cause=cause)
    assert type(failure_of(error, "media.example.com")).__name__ == "NetworkError"


def test_words_that_nobody_foresaw_count_less_than_a_status() -> None:
    try:
        raise http(429)
    except HTTPError:
        error = ExtractorError("Failed to get a guest token")
    assert error.expected
    assert type(failure_of(error, "x.com")).__name__ == "RateLimitError"


def test_what_was_retried_in_vain_is_judged_by_the_latest_request() -> None:
    gave_up = DownloadError("ERROR: [download] Got error: HTTP Error 429: . Giving up after 3 retries")
    assert type(failure_of(gave_up, "x.com", http(429))).__name__ == "RateLimitError"
    assert type(failure_of(gave_up, "x.com")).__name__ == "NetworkError"


def test_an_older_failed_request_is_not_blamed_for_another_error() -> None:
    assert type(failure_of(KeyError("data"), "x.com", http(404))).__name__ == "EngineBrokenError"


def test_our_own_error_comes_out_of_whatever_wraps_it() -> None:
    ours = FileTooLargeError("Too large.")
    assert failure_of(reported(ours), "x.com") is ours


def test_a_sites_words_are_quoted_without_advice_for_the_command_line_and_in_one_line() -> None:
    hint = "Use --cookies-from-browser or --cookies for the authentication. See  https://github.com/yt-dlp/yt-dlp/wiki"
    error = failure_of(said(f"You need to log in\nto see this. {hint}"), "x.com")
    assert error.message == "x.com says: “You need to log in to see this”"
    assert len(failure_of(said("log in " * 200), "x.com").message) < 200


def test_retry_after_is_read_as_seconds_or_as_a_date() -> None:
    assert retry_after_s("120") == 120
    assert retry_after_s(email.utils.formatdate(time.time() + 60, usegmt=True)) == pytest.approx(60, abs=2)
    assert retry_after_s(email.utils.formatdate(time.time() - 60, usegmt=True)) == 0
    assert [retry_after_s(value) for value in (None, "", "soon")] == [None, None, None]
    assert failure_of(http(429, Retry_After="33"), "x.com").retry_after_s == 33
