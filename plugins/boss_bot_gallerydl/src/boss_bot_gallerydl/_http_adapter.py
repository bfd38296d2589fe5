"""The HTTP adapter of gallery-dl's sessions: it records responses and trusts the operator's certificate authority.

It replaces gallery-dl's own adapter in each session, and keeps that adapter's TLS settings, which make the engine look
like a browser. It raises at once when the egress proxy refuses a request, because a retry would be refused too.
"""

import functools
import ssl
from pathlib import Path
from typing import Any, Final, NoReturn
from urllib.parse import urlsplit

import certifi
import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError
from urllib3.util.ssl_ import create_urllib3_context

from boss_bot_core.plugin import MAX_BODY_BYTES
from boss_bot_gallerydl._part_requests import send_for_part
from boss_bot_gallerydl._traffic import REFUSED_TUNNEL, ResponseSummary, TrafficRecord

_REFUSED_HEADER: Final = "X-BossBot-Refused"


class RefusedByProxy(Exception):  # noqa: N818 - a refused request; the download's error is built from it later
    """The egress proxy refuses a request; the text is its short reason."""


@functools.cache
def get_default_tls_context() -> ssl.SSLContext:
    """Return the TLS context of sessions without own settings; cached, because reading the store costs 20 ms."""
    context = create_urllib3_context()
    context.load_verify_locations(certifi.where())
    return context


class RecordingAdapter(HTTPAdapter):
    """An adapter that records responses, connection errors and refusals.

    Args:
        traffic: Record to write to.
        context: TLS settings, with their certificate store loaded.
    """

    def __init__(self, traffic: TrafficRecord, context: ssl.SSLContext) -> None:
        self._traffic = traffic
        self._context = context
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - requests' own signature
        """Use the TLS settings for direct connections."""
        return super().init_poolmanager(*args, **kwargs, ssl_context=self._context)

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - requests' own signature
        """Use the TLS settings for connections through the proxy."""
        return super().proxy_manager_for(*args, **kwargs, ssl_context=self._context)

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:  # noqa: ANN401 - requests' own signature
        """Verify against the context's store, instead of reading the store from disk for every connection."""
        conn.cert_reqs = "CERT_REQUIRED"
        conn.ca_certs = conn.ca_cert_dir = None

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:  # noqa: ANN401 - requests' own signature
        """Send a request and record the result.

        Raises:
            RefusedByProxy: The egress proxy refuses the request.
        """

        def send_once(prepared: requests.PreparedRequest) -> requests.Response:
            return self._send_once(prepared, *args, **kwargs)

        # Only the download of a file is streamed.
        return send_for_part(request, self._traffic, send_once) if kwargs.get("stream") else send_once(request)

    def _send_once(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:  # noqa: ANN401 - requests' own signature
        try:
            response = super().send(request, *args, **kwargs)
        except requests.RequestException as exc:
            self._traffic.connection_error = exc
            if found := REFUSED_TUNNEL.search(str(exc)):
                self._raise_refusal(found["reason"], exc)
            raise
        if reason := response.headers.get(_REFUSED_HEADER):
            self._raise_refusal(reason)
        url, status, headers = response.url, response.status_code, response.headers
        body = _read_body_start(response, is_streamed=bool(kwargs.get("stream"))).decode("utf-8", "replace")
        host = urlsplit(url).hostname or ""
        self._traffic.record_response(ResponseSummary(url=url, host=host, status=status, headers=headers, body=body))
        return response

    def _raise_refusal(self, reason: str, cause: Exception | None = None) -> NoReturn:
        self._traffic.refusal = reason
        raise RefusedByProxy(reason) from cause


def _read_body_start(response: requests.Response, *, is_streamed: bool) -> bytes:
    if not is_streamed:
        return response.content[:MAX_BODY_BYTES]
    # A streamed body is a file, possibly an endless one: the downloader reads it, up to the size limit.
    if response.ok:
        return b""
    try:
        return bytes(response.raw.read(MAX_BODY_BYTES, decode_content=True))
    except (HTTPError, OSError):
        return b""  # the words are missing, but the status is not


def record_session(session: requests.Session, traffic: TrafficRecord, ca_file: Path | None) -> None:
    """Replace each adapter of a session with a recording one; a second call changes nothing."""
    for prefix, adapter in list(session.adapters.items()):
        if isinstance(adapter, RecordingAdapter):
            continue
        context = getattr(adapter, "ssl_context", None) or get_default_tls_context()
        if ca_file is not None:
            context.load_verify_locations(ca_file)
        session.mount(prefix, RecordingAdapter(traffic, context))
