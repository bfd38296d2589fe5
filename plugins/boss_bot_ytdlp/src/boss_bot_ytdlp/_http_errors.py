"""Translates HTTP errors: the egress proxy's own responses first, then the site's status codes.

A response of the proxy means that the bot's rules, not the site, ended the download. The HTTP error is often hidden
behind several other exceptions; `iterate_causes` finds it.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import urlsplit

from yt_dlp.networking.exceptions import HTTPError, RequestError

from boss_bot_core.plugin import (
    MAX_BODY_BYTES,
    DownloadFailedError,
    NetworkError,
    PermissionDeniedError,
    build_refusal_error,
    find_status_error,
)

_REFUSED_HEADER: Final = "X-BossBot-Refused"
_FAILURE_HEADER: Final = "X-BossBot-Failure"
_TUNNEL: Final = re.compile(r"[Tt]unnel connection failed: (?P<status>\d{3})(?:[^()]*\((?P<reason>[\w-]+)\))?")
"""A refused CONNECT, such as `403 Forbidden (loopback)`: the HTTP libraries keep only its status line."""

_FORBIDDEN: Final = 403
_PROXY_AUTHENTICATION: Final = 407


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
            return build_refusal_error(reason)
    return None


def is_proxy_failure(cause: BaseException) -> bool:
    """Return whether the proxy reports that it could not connect to the host, or that it refuses for now."""
    if isinstance(cause, HTTPError):
        headers = cause.response.headers
        return _FAILURE_HEADER in headers or _REFUSED_HEADER in headers or cause.status == _PROXY_AUTHENTICATION
    return isinstance(cause, OSError) and _TUNNEL.search(str(cause)) is not None


def build_status_error(error: HTTPError) -> DownloadFailedError:
    """Return the error for a site's status code, with the site's Retry-After if the response has one."""
    url, status = error.response.url, error.status
    host = urlsplit(url).hostname
    if error.redirect_loop:
        return NetworkError(f"{host} redirects in a circle.")
    found = find_status_error(status, url, error.response.headers, _read_body(error))
    return found or PermissionDeniedError(f"{host} refuses to give that out (HTTP {status}).")


def _read_body(error: HTTPError) -> str:
    try:
        return str(error.response.read(MAX_BODY_BYTES).decode("utf-8", "replace"))
    except (RequestError, OSError, ValueError):
        return ""  # the response is closed, or broke off
