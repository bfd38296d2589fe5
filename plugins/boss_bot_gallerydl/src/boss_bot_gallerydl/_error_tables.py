"""Tables that map a site's error codes to typed errors, the table of HTTP statuses, and logged error numbers."""

import re
from collections.abc import Iterable, Mapping
from typing import Final, TypeVar

from boss_bot_core.plugin import (
    AuthRequiredError,
    DownloadFailedError,
    NetworkError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    explain_text,
    find_machine_error,
    is_page,
)
from boss_bot_gallerydl._rate_limit import read_retry_after
from boss_bot_gallerydl._traffic import ResponseSummary, TrafficRecord

CodeT = TypeVar("CodeT", int, str)

ErrorTable = Mapping[CodeT, tuple[type[DownloadFailedError], str]]
"""Error class and message by a site's error code."""

_HTTP_STATUSES: Final[ErrorTable[int]] = {
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


def build_error(table: ErrorTable[CodeT], code: CodeT) -> DownloadFailedError | None:
    """Return the error that a table has for a code, or None."""
    if code not in table:
        return None
    error_class, message = table[code]
    return error_class(message)


def build_status_error(response: ResponseSummary) -> DownloadFailedError | None:
    """Return the error for a response's status, or None if the status is no reason for a failed download."""
    if response.status in _EXPLAINED:
        explained = explain_text(response.body, response.url)
        if isinstance(explained, _REASONS):
            return explained
    found = _HTTP_STATUSES.get(min(response.status, 500))
    if found is None:
        return None
    error_class, message = found
    text = message.format(host=response.host, status=response.status)
    return error_class(text, retry_after_s=read_retry_after(response.headers) if error_class.retryable else None)


def find_login_error(traffic: TrafficRecord) -> DownloadFailedError | None:
    """Return the error for a page that wants a login in place of what was asked for, or None."""
    found = traffic.response
    error = explain_text(found.body, found.url, has_no_media=True) if found and is_page(found.body) else None
    return error if isinstance(error, AuthRequiredError) else None


_ERRNO: Final = re.compile(r"\[Errno (\d+)\]")


def find_logged_error(messages: Iterable[str]) -> DownloadFailedError | None:
    """Return the error of this machine that the engine's log messages tell: gallery-dl raises a full disk only."""
    numbers = (int(number) for message in messages for number in _ERRNO.findall(message))
    return next(filter(None, (find_machine_error(OSError(number, "")) for number in numbers)), None)
