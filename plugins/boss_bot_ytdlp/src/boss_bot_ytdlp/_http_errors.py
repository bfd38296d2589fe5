"""Translates HTTP errors: the egress proxy's own responses first, then the site's status codes.

A response of the proxy means that the bot's rules, not the site, ended the download. The HTTP error is often hidden
behind several other exceptions; `iterate_causes` finds it.
"""

import re
import time
from collections.abc import Iterable, Iterator
from email.utils import parsedate_to_datetime
from typing import Final

from yt_dlp.networking.exceptions import HTTPError, RequestError

from boss_bot_core.plugin import (
    MAX_BODY_BYTES,
    AuthRequiredError,
    BlockedError,
    DownloadFailedError,
    FileTooLargeError,
    NetworkError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    explain_text,
)

_REFUSED_HEADER: Final = "X-BossBot-Refused"
_FAILURE_HEADER: Final = "X-BossBot-Failure"
_TUNNEL: Final = re.compile(r"[Tt]unnel connection failed: (?P<status>\d{3})\s*(?P<reason>[\w ().-]*)")
"""A refused CONNECT, such as `403 Forbidden (loopback)`: the HTTP libraries keep only its status line."""

_FORBIDDEN: Final = 403
_PROXY_AUTHENTICATION: Final = 407
_SERVER_ERROR: Final = 500
_EXPLAINED: Final = frozenset({400, 403, 404, 410})
"""Statuses whose body may give another reason, such as a signature that has expired."""

_TEMPORARY: Final = frozenset({408, 425})


def iterate_causes(error: BaseException) -> Iterator[BaseException]:
    """Yield `error` and every exception behind it, each once, nearest first.

    yt-dlp keeps the original exception in one of four places; requests and urllib3 keep it in two more.
    """
    waiting: list[object] = [error]
    seen: set[int] = set()
    while waiting:
        cause = waiting.pop(0)
        if not isinstance(cause, BaseException) or id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        exc_info = getattr(cause, "exc_info", None) or (None, None, None)
        waiting += [exc_info[1], getattr(cause, "cause", None), cause.__cause__, cause.__context__]
        # requests and urllib3 keep the original among the arguments, or as `reason`.
        waiting += [getattr(cause, "reason", None), *cause.args]


def find_proxy_refusal(causes: Iterable[BaseException]) -> DownloadFailedError | None:
    """Return the error for the proxy's final refusal among `causes`, or None if there is none."""
    for cause in causes:
        if isinstance(cause, HTTPError):
            reason = cause.response.headers.get(_REFUSED_HEADER) if cause.status == _FORBIDDEN else None
        else:
            tunnel = _TUNNEL.search(str(cause)) if isinstance(cause, OSError) else None
            reason = tunnel["reason"] if tunnel and tunnel["status"] == str(_FORBIDDEN) else None
        if reason is not None:
            if "byte-cap" in reason:
                return FileTooLargeError("The download grew larger than a file may be, and was cut.")
            return BlockedError("The link, or something behind it, leads to an address that must not be fetched.")
    return None


def is_proxy_failure(cause: BaseException) -> bool:
    """Return whether the proxy reports that it could not connect to the host, or that it refuses for now."""
    if isinstance(cause, HTTPError):
        headers = cause.response.headers
        return _FAILURE_HEADER in headers or _REFUSED_HEADER in headers or cause.status == _PROXY_AUTHENTICATION
    return isinstance(cause, OSError) and _TUNNEL.search(str(cause)) is not None


def build_status_error(error: HTTPError, host: str) -> DownloadFailedError:
    """Return the error for a site's status code, with the site's Retry-After if the response has one."""
    status = error.status
    if status in _EXPLAINED:
        explained = explain_text(_read_body(error), error.response.url)
        if isinstance(explained, AuthRequiredError | NotFoundError | PermissionDeniedError | RateLimitError):
            return explained
    retry_after_s = parse_retry_after(error.response.headers.get("Retry-After"))
    if status == 429:
        return RateLimitError(f"We're being rate limited by {host}.", retry_after_s=retry_after_s)
    if status in {404, 410}:
        return NotFoundError(f"{host} has nothing at that address (HTTP {status}).")
    if status == 401:
        return AuthRequiredError(f"{host} wants a login (HTTP {status}).")
    if status >= _SERVER_ERROR or status in _TEMPORARY or error.redirect_loop:
        return NetworkError(f"{host} has a problem of its own (HTTP {status}).", retry_after_s=retry_after_s)
    return PermissionDeniedError(f"{host} refuses to give that out (HTTP {status}).")


def _read_body(error: HTTPError) -> str:
    try:
        return str(error.response.read(MAX_BODY_BYTES).decode("utf-8", "replace"))
    except (RequestError, OSError, ValueError):
        return ""  # the response is closed, or broke off


def parse_retry_after(value: str | None) -> float | None:
    """Return the seconds of a Retry-After header, which holds a number or a date; None without a usable value."""
    if not value:
        return None
    try:
        if value.strip().isdigit():
            return float(value)
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None
