"""The exceptions of yt-dlp are translated into typed errors."""

import errno
import io
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
from boss_bot_ytdlp._errors import to_download_error


def build_http_error(status: int, **headers: str) -> HTTPError:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return HTTPError(Response(io.BytesIO(b""), "https://media.example.com/x", named, status=status))


def build_site_error(message: str, *, expected: bool = True) -> ExtractorError:
    return ExtractorError(message, expected=expected, video_id="1", ie="Some")


def build_reported_error(cause: Exception) -> DownloadError:
    """Return the exception that `YoutubeDL.report_error` raises for a cause."""
    return DownloadError(f"ERROR: {cause}", (type(cause), cause, None))


Wrap = Callable[[Exception], Exception]

CASES: list[tuple[Exception, str]] = [
    (build_http_error(401), "AuthRequiredError"),
    (build_http_error(403), "PermissionDeniedError"),
    (build_http_error(404), "NotFoundError"),
    (build_http_error(410), "NotFoundError"),
    (build_http_error(429), "RateLimitError"),
    (build_http_error(451), "PermissionDeniedError"),
    (build_http_error(503), "NetworkError"),
    (build_http_error(403, X_BossBot_Refused="loopback"), "BlockedError"),
    (build_http_error(403, X_BossBot_Refused="byte-cap"), "FileTooLargeError"),
    (build_http_error(503, X_BossBot_Refused="connections"), "NetworkError"),
    (build_http_error(502, X_BossBot_Failure="lookup"), "NetworkError"),
    (build_http_error(407), "NetworkError"),
    (ProxyError(cause=OSError("Tunnel connection failed: 403 Forbidden (private)")), "BlockedError"),
    (ProxyError(cause=OSError("Tunnel connection failed: 403 Forbidden (byte-cap)")), "FileTooLargeError"),
    (ProxyError(cause=OSError("Tunnel connection failed: 502 Bad Gateway (lookup)")), "NetworkError"),
    (CertificateVerifyError(), "NetworkError"),
    (TransportError("reset by peer"), "NetworkError"),
    (TimeoutError("timed out"), "NetworkError"),
    (OSError(errno.ENOSPC, "No space left on device"), "DiskFullError"),
    (OSError(errno.EFBIG, "File too large"), "FileTooLargeError"),
    (OSError(errno.EDQUOT, "Disk quota exceeded"), "DiskFullError"),
    (OSError(errno.EROFS, "Read-only file system"), "MachineError"),
    (TransportError(cause=OSError(errno.EMFILE, "Too many open files")), "MachineError"),
    (PostProcessingError("av_interleaved_write_frame(): No space left on device"), "DiskFullError"),
    (PostProcessingError("Unable to open out.mp4: Read-only file system"), "MachineError"),
    (PostProcessingError("Conversion failed!"), "EngineBrokenError"),
    (UnsupportedError("https://media.example.com/x"), "NothingFoundError"),
    (GeoRestrictedError("Not available in your country"), "PermissionDeniedError"),
    (UserNotLive(), "UnsupportedUrlError"),
    (build_site_error("Video unavailable. This video is private"), "PermissionDeniedError"),
    (
        build_site_error("Sign in to confirm your age. This video may be inappropriate for some users."),
        "AuthRequiredError",
    ),
    (build_site_error("This video is only available for registered users. Use --cookies"), "AuthRequiredError"),
    (build_site_error("NSFW tweet requires authentication"), "AuthRequiredError"),
    (build_site_error("Join this channel to get access to members-only content"), "AuthRequiredError"),
    (build_site_error("This video has been removed by the uploader"), "NotFoundError"),
    (build_site_error("Video unavailable"), "NotFoundError"),
    (build_site_error("The requested clip does not exist"), "NotFoundError"),
    (build_site_error("No video could be found in this tweet"), "NothingFoundError"),
    (build_site_error("This video is DRM protected"), "UnsupportedUrlError"),
    (build_site_error("Your account has been rate-limited. Please try again later"), "RateLimitError"),
    (build_site_error("Premieres in 4 hours"), "UnsupportedUrlError"),
    (build_site_error("Something unforeseen"), "NothingFoundError"),
    (build_site_error("Requested format is not available. Use --list-formats"), "NothingFoundError"),
    (build_site_error("No video formats found!", expected=False), "NothingFoundError"),
    (build_site_error("Sign in to confirm you're not a bot"), "PermissionDeniedError"),
    (build_site_error("Unable to extract title", expected=False), "EngineBrokenError"),
    (IndexError("list index out of range"), "EngineBrokenError"),
    (KeyError("data"), "EngineBrokenError"),
]


@pytest.mark.parametrize(("cause", "expected"), CASES, ids=[str(cause)[:40] for cause, _ in CASES])
@pytest.mark.parametrize("wrap", [lambda error: error, build_reported_error], ids=["bare", "reported"])
def test_an_exception_is_translated(cause: Exception, expected: str, wrap: Wrap) -> None:
    assert type(to_download_error(wrap(cause), "media.example.com")).__name__ == expected


def test_the_status_behind_an_extractor_error_takes_precedence_over_its_message() -> None:
    try:
        raise build_http_error(503)
    except HTTPError as cause:
        # The words alone ("Service Unavailable") would mean that the video is gone.
        error = ExtractorError("Unable to download webpage: HTTP Error 503: Service Unavailable", cause=cause)
    assert type(to_download_error(error, "media.example.com")).__name__ == "NetworkError"


def test_a_status_takes_precedence_over_an_unknown_message() -> None:
    try:
        raise build_http_error(429)
    except HTTPError:
        error = ExtractorError("Failed to get a guest token")
    assert error.expected
    assert type(to_download_error(error, "x.com")).__name__ == "RateLimitError"


def test_after_the_last_retry_the_latest_request_decides() -> None:
    gave_up = DownloadError("ERROR: [download] Got error: HTTP Error 429: . Giving up after 3 retries")
    assert type(to_download_error(gave_up, "x.com", build_http_error(429))).__name__ == "RateLimitError"
    assert type(to_download_error(gave_up, "x.com")).__name__ == "NetworkError"


def test_an_earlier_failed_request_does_not_explain_another_error() -> None:
    assert type(to_download_error(KeyError("data"), "x.com", build_http_error(404))).__name__ == "EngineBrokenError"


def test_a_wrapped_typed_error_is_unwrapped() -> None:
    ours = FileTooLargeError("Too large.")
    assert to_download_error(build_reported_error(ours), "x.com") is ours


def test_the_message_of_a_site_is_quoted_in_one_line_without_command_line_advice() -> None:
    hint = "Use --cookies-from-browser or --cookies for the authentication. See  https://github.com/yt-dlp/yt-dlp/wiki"
    error = to_download_error(build_site_error(f"You need to log in\nto see this. {hint}"), "x.com")
    assert error.message == "x.com says: “You need to log in to see this”"
    assert len(to_download_error(build_site_error("log in " * 200), "x.com").message) < 200


def test_the_site_s_retry_after_is_kept() -> None:
    assert to_download_error(build_http_error(429, Retry_After="33"), "x.com").retry_after_s == 33
