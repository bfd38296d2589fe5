"""The typed errors for HTTP statuses, and how long a site asks clients to wait."""

import math
import time
from collections.abc import Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urlsplit

from boss_bot_core.errors import (
    AuthRequiredError,
    DownloadFailedError,
    NetworkError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
)
from boss_bot_core.plugin.text_body import explain_text

_MAX_RETRY_AFTER_S: Final = 6 * 3600.0
"""Longest wait that a site's headers can cause."""

_STATUSES: Final[Mapping[int, tuple[type[DownloadFailedError], str]]] = {
    401: (AuthRequiredError, "{host} wants a login."),
    403: (PermissionDeniedError, "{host} does not let us see this."),
    404: (NotFoundError, "{host} does not have this (any more)."),
    408: (NetworkError, "{host} took too long to answer."),
    410: (NotFoundError, "{host} does not have this any more."),
    425: (NetworkError, "{host} took too long to answer."),
    429: (RateLimitError, "{host} asks us to slow down."),
    451: (PermissionDeniedError, "{host} may not show this here, for legal reasons."),
    500: (NetworkError, "{host} has trouble right now (HTTP {status})."),
}
"""Errors by status; 500 stands for every higher status too."""

_EXPLAINED: Final = frozenset({400, 403, 404, 410})
"""Statuses whose body may give another reason, such as a signature that has expired."""

_REASONS: Final = (AuthRequiredError, NotFoundError, PermissionDeniedError, RateLimitError)


def find_status_error(status: int, url: str, headers: Mapping[str, str], body: str = "") -> DownloadFailedError | None:
    """Return the error for the status of a response, or None if the status alone tells no reason.

    Args:
        status: The HTTP status code.
        url: The address that sent the response, after all redirects.
        headers: Header fields of the response, looked up case-insensitively.
        body: Beginning of the body as text, which may explain the status.
    """
    if status in _EXPLAINED and isinstance(explained := explain_text(body, url), _REASONS):
        return explained
    found = _STATUSES.get(min(status, 500))
    if found is None:
        return None
    error_class, message = found
    text = message.format(host=urlsplit(url).hostname or "the site", status=status)
    return error_class(text, retry_after_s=read_retry_after(headers) if error_class.retryable else None)


def read_retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds after which a site accepts the next request, or None if the headers do not tell.

    Understands `Retry-After` (seconds or a date), X's `x-rate-limit-reset` (a point in time) and Reddit's
    `x-ratelimit-reset` (seconds).
    """
    value = headers.get("Retry-After")
    if value is not None:
        seconds = _parse_number(value)
        return _clamp(seconds if seconds is not None else _parse_date(value))
    if (timestamp := _parse_number(headers.get("x-rate-limit-reset"))) is not None:
        return _clamp(timestamp - time.time())
    return _clamp(_parse_number(headers.get("x-ratelimit-reset")))


def _clamp(seconds: float | None) -> float | None:
    return None if seconds is None or math.isnan(seconds) else min(max(seconds, 0.0), _MAX_RETRY_AFTER_S)


def _parse_number(text: str | None) -> float | None:
    try:
        return float(text or "")
    except ValueError:
        return None


def _parse_date(date: str) -> float | None:
    try:
        moment = parsedate_to_datetime(date)
        # A date without a zone is in UTC, as every date of HTTP.
        return moment.replace(tzinfo=moment.tzinfo or UTC).timestamp() - time.time()
    except (ValueError, OverflowError):
        return None
