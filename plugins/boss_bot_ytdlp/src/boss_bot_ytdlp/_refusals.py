"""The egress proxy's own answers, told from the site's: they mean that our rules, not the site, ended a download."""

import re
from collections.abc import Iterable
from typing import Final

from yt_dlp.networking.exceptions import HTTPError

from boss_bot_core.plugin import BlockedError, DownloadFailedError, FileTooLargeError, NetworkError

REFUSED_HEADER: Final = "X-BossBot-Refused"
FAILURE_HEADER: Final = "X-BossBot-Failure"

_TUNNEL: Final = re.compile(r"[Tt]unnel connection failed: (?P<status>\d{3})\s*(?P<reason>[\w .-]*)")
"""A refused CONNECT: the status line is all that the HTTP libraries keep of the answer."""


def refusal_behind(causes: Iterable[BaseException], host: str) -> DownloadFailedError | None:
    """Return the error for the proxy's answer among `causes`, or None when the proxy gave none."""
    for cause in causes:
        if isinstance(cause, HTTPError):
            if code := cause.response.headers.get(REFUSED_HEADER):
                return _refused(code, host)
            if cause.response.headers.get(FAILURE_HEADER):
                return NetworkError(f"I couldn't reach {host}.")
        elif isinstance(cause, OSError) and (tunnel := _TUNNEL.search(str(cause))):
            refused = tunnel["status"] == "403" or "connections" in tunnel["reason"]
            return _refused(tunnel["reason"], host) if refused else NetworkError(f"I couldn't reach {host}.")
    return None


def _refused(code: str, host: str) -> DownloadFailedError:
    if "byte-cap" in code:
        return FileTooLargeError("The download grew larger than a file may be, and was cut.")
    if "connections" in code:
        return NetworkError(f"Too many connections to {host} were open at once.")
    return BlockedError("The link, or something behind it, leads to an address that must not be fetched.")
