"""The typed errors for httpx's responses and exceptions: refusals of the egress proxy, statuses, connections."""

import re
from contextlib import suppress
from typing import Final

import httpx

from boss_bot_core.errors import DownloadFailedError, DownloadTimeoutError, NetworkError, PermissionDeniedError
from boss_bot_core.errors.refusal import build_refusal_error
from boss_bot_core.plugin.http_retry import UntrustedCertificateError
from boss_bot_core.plugin.http_status import find_status_error
from boss_bot_core.plugin.text_body import MAX_BODY_BYTES

_REFUSED_HEADER: Final = "X-BossBot-Refused"
_FAILURE_HEADER: Final = "X-BossBot-Failure"
_FORBIDDEN: Final = 403
_TUNNEL: Final = re.compile(r"(?P<status>\d{3}) [^(]*\((?P<reason>[\w-]+)\)")
"""Status line of a refused CONNECT, the text of httpx's `ProxyError`."""


def build_response_error(response: httpx.Response) -> DownloadFailedError:
    """Return the error for a response whose status is no success: the proxy's own, or the site's."""
    # In a tunnel, such headers would be the site's own.
    if response.url.scheme == "http" and (reason := response.headers.get(_REFUSED_HEADER)):
        return build_refusal_error(reason)
    if response.url.scheme == "http" and _FAILURE_HEADER in response.headers:
        return NetworkError(f"{response.url.host} could not be reached.")
    body = b""
    with suppress(httpx.HTTPError):  # then the words are missing, but the status is not
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) >= MAX_BODY_BYTES:
                break
    text = body[:MAX_BODY_BYTES].decode("utf-8", "replace")
    status, host = response.status_code, response.url.host
    found = find_status_error(status, str(response.url), response.headers, text)
    return found or PermissionDeniedError(f"{host} refuses to give that out (HTTP {status}).")


def build_connection_error(error: httpx.RequestError, host: str) -> DownloadFailedError:
    """Return the error for a request without a usable response.

    Args:
        error: httpx's exception.
        host: Host of the request, for the message.
    """
    refused = _TUNNEL.match(str(error)) if isinstance(error, httpx.ProxyError) else None
    if refused and int(refused["status"]) == _FORBIDDEN:
        return build_refusal_error(refused["reason"])
    if isinstance(error, httpx.ReadTimeout):
        return DownloadTimeoutError(f"{host} stopped answering.")
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return UntrustedCertificateError(f"{host} could not prove who it is (TLS).")
    if isinstance(error, httpx.ProxyError | httpx.ConnectError | httpx.ConnectTimeout):
        return NetworkError(f"{host} could not be reached.")
    return NetworkError(f"The connection to {host} broke.")
