"""What a site's HTTP status means for a download."""

import time
from email.utils import parsedate_to_datetime
from typing import Final

from yt_dlp.networking.exceptions import HTTPError

from boss_bot_core.plugin import (
    AuthRequiredError,
    DownloadFailedError,
    NetworkError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
)

_AT_FAULT: Final = 500
_FOR_NOW: Final = frozenset({408, 425})


def error_for(error: HTTPError, host: str) -> DownloadFailedError:
    """Return our error for `error`, with the site's Retry-After where it gave one."""
    status, later = error.status, retry_after_s(error.response.headers.get("Retry-After"))
    if status == 429:
        return RateLimitError(f"We're being rate limited by {host}.", retry_after_s=later)
    if status in {404, 410}:
        return NotFoundError(f"{host} has nothing at that address (HTTP {status}).")
    if status == 401:
        return AuthRequiredError(f"{host} wants a login (HTTP {status}).")
    if status >= _AT_FAULT or status in _FOR_NOW or error.redirect_loop:
        return NetworkError(f"{host} has a problem of its own (HTTP {status}).", retry_after_s=later)
    return PermissionDeniedError(f"{host} refuses to give that out (HTTP {status}).")


def retry_after_s(value: str | None) -> float | None:
    """Return the seconds that a Retry-After header means, from its number or its date; None without a usable one."""
    if not value:
        return None
    try:
        if value.strip().isdigit():
            return float(value)
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None
