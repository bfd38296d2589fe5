"""The certificate authorities of one download: the usual ones, and the operator's own if there is one.

yt-dlp uses either certifi's list or the system's, and has no option for an additional authority.
"""

import functools
import os
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

import certifi
from yt_dlp.networking._helper import make_ssl_context

_BUNDLE_NAME: Final = "authorities.pem"


class RequestHandler(Protocol):
    """The part of yt-dlp's HTTP request handlers that is used here; yt-dlp ships no types."""

    _make_sslcontext: Callable[..., ssl.SSLContext]


class RequestDirector(Protocol):
    """The part of yt-dlp's request director that is used here; yt-dlp ships no types."""

    handlers: dict[str, RequestHandler]


@functools.cache
def get_default_tls_context() -> ssl.SSLContext:
    """Return yt-dlp's own TLS context; cached, because reading the list of authorities costs 20 ms."""
    context: ssl.SSLContext = make_ssl_context()
    return context


class CertificateAuthorities:
    """The authorities of one download.

    Args:
        ca_file: The operator's authority as a PEM file, or None.
    """

    def __init__(self, ca_file: Path | None) -> None:
        self._ca_file = ca_file
        self._bundle: Path | None = None

    def install(self, director: RequestDirector) -> None:
        """Make yt-dlp's request handlers use these authorities."""
        for handler in director.handlers.values():
            handler._make_sslcontext = self._build_tls_context  # noqa: SLF001 - the only place where yt-dlp sets authorities

    def _build_tls_context(self, *, legacy_ssl_support: bool | None = None) -> ssl.SSLContext:
        """Return the context of one connection pool; old servers need a context of their own (yt-dlp's extension)."""
        context = make_ssl_context(legacy_support=True) if legacy_ssl_support else get_default_tls_context()
        if self._ca_file is not None:
            # The cached context may be changed, because a worker process serves one download.
            context.load_verify_locations(self._ca_file)
        return context

    def export(self, directory: Path) -> None:
        """Set SSL_CERT_FILE for child processes (ffmpeg); write a bundle only if there is an operator's authority."""
        bundle = Path(certifi.where())
        if self._ca_file is not None:
            usual = bundle.read_bytes()
            bundle = self._bundle = directory / _BUNDLE_NAME
            bundle.write_bytes(usual + b"\n" + self._ca_file.read_bytes())
        os.environ["SSL_CERT_FILE"] = str(bundle)

    def close(self) -> None:
        """Remove the bundle."""
        if self._bundle is not None:
            self._bundle.unlink(missing_ok=True)
