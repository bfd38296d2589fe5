"""The egress proxy's own answers, told from the site's: they mean that our rules, not the site, ended a download."""

import re
from collections.abc import Iterable
from typing import Final

from yt_dlp.networking.exceptions import HTTPError

from boss_bot_core.plugin import BlockedError, DownloadFailedError, FileTooLargeError

REFUSED_HEADER: Final = "X-BossBot-Refused"
FAILURE_HEADER: Final = "X-BossBot-Failure"

_FORBIDDEN: Final = 403
_PROXY_LOGIN: Final = 407
_TUNNEL: Final = re.compile(r"[Tt]unnel connection failed: (?P<status>\d{3})\s*(?P<reason>[\w ().-]*)")
"""A refused CONNECT, such as `403 Forbidden (loopback)`: the status line is all that the HTTP libraries keep of it."""


def verdict_behind(causes: Iterable[BaseException]) -> DownloadFailedError | None:
    """Return the error for a final no of the proxy among `causes`, or None when there is none."""
    for cause in causes:
        if isinstance(cause, HTTPError):
            code = cause.response.headers.get(REFUSED_HEADER) if cause.status == _FORBIDDEN else None
        else:
            tunnel = _TUNNEL.search(str(cause)) if isinstance(cause, OSError) else None
            code = tunnel["reason"] if tunnel and tunnel["status"] == str(_FORBIDDEN) else None
        if code is not None:
            return _verdict(code)
    return None


def _verdict(code: str) -> DownloadFailedError:
    if "byte-cap" in code:
        return FileTooLargeError("The download grew larger than a file may be, and was cut.")
    return BlockedError("The link, or something behind it, leads to an address that must not be fetched.")


def is_unreachable(cause: BaseException) -> bool:
    """Tell whether the proxy says that it could not bring a request to its host, or not now."""
    if isinstance(cause, HTTPError):
        headers = cause.response.headers
        return FAILURE_HEADER in headers or REFUSED_HEADER in headers or cause.status == _PROXY_LOGIN
    return isinstance(cause, OSError) and _TUNNEL.search(str(cause)) is not None
