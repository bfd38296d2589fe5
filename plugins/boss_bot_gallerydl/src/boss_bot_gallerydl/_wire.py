"""The session's way to the network: watched, and trusting the operator's extra certificate authority.

It takes the place of gallery-dl's own adapter in each session, keeps that one's TLS settings (they make the engine look
like a browser), and stops at once where a repetition would change nothing: at a refusal of the egress proxy.
"""

import functools
import re
import ssl
from pathlib import Path
from typing import Any, Final, NoReturn
from urllib.parse import urlsplit

import certifi
import requests
from requests.adapters import HTTPAdapter
from urllib3.util.ssl_ import create_urllib3_context

from boss_bot_gallerydl.evidence import Answer, Evidence

REFUSED_HEADER: Final = "X-BossBot-Refused"
_REFUSED_TUNNEL: Final = re.compile(r"Tunnel connection failed: 403 [^()]*\((?P<reason>[\w-]+)\)")
_BODY_START: Final = 8000


class RefusedByProxy(Exception):  # noqa: N818 - an event on the wire; the download's error is made of it later
    """The egress proxy does not carry a request out; the text is its short reason."""


@functools.cache
def default_context() -> ssl.SSLContext:
    """Return the TLS context of sessions without settings of their own, made once: reading the store costs 20 ms."""
    context = create_urllib3_context()
    context.load_verify_locations(certifi.where())
    return context


class WatchedAdapter(HTTPAdapter):
    """An adapter that writes down what it sees.

    Args:
        evidence: Where to.
        context: TLS settings, certificate store loaded.
    """

    def __init__(self, evidence: Evidence, context: ssl.SSLContext) -> None:
        self._evidence = evidence
        self._context = context
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - requests' own signature
        """Hand the TLS settings to direct connections."""
        return super().init_poolmanager(*args, **kwargs, ssl_context=self._context)

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - requests' own signature
        """Hand the TLS settings to connections through the proxy."""
        return super().proxy_manager_for(*args, **kwargs, ssl_context=self._context)

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:  # noqa: ANN401 - likewise
        """Verify against the context's store, instead of reading the store from disk for every connection."""
        conn.cert_reqs = "CERT_REQUIRED"
        conn.ca_certs = conn.ca_cert_dir = None

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:  # noqa: ANN401 - as above
        """Send a request and write down what comes of it.

        Raises:
            RefusedByProxy: The egress proxy said no.
        """
        try:
            response = super().send(request, *args, **kwargs)
        except requests.RequestException as exc:
            self._evidence.broken = exc
            if found := _REFUSED_TUNNEL.search(str(exc)):
                self._refuse(found["reason"], exc)
            raise
        if reason := response.headers.get(REFUSED_HEADER):
            self._refuse(reason)
        # A streamed body is a file, perhaps an endless one: whoever asked for it reads it, up to the limit.
        body = "" if kwargs.get("stream") else response.content[:_BODY_START].decode("utf-8", "replace")
        host = urlsplit(response.url).hostname or ""
        self._evidence.saw(Answer(host=host, status=response.status_code, headers=response.headers, body=body))
        return response

    def _refuse(self, reason: str, cause: Exception | None = None) -> NoReturn:
        self._evidence.refused = reason
        raise RefusedByProxy(reason) from cause


def watch(session: requests.Session, evidence: Evidence, ca_file: Path | None) -> None:
    """Put a watched adapter in place of each adapter of a session; a second call changes nothing."""
    for prefix, adapter in list(session.adapters.items()):
        if isinstance(adapter, WatchedAdapter):
            continue
        context = getattr(adapter, "ssl_context", None) or default_context()
        if ca_file is not None:
            context.load_verify_locations(ca_file)
        session.mount(prefix, WatchedAdapter(evidence, context))
