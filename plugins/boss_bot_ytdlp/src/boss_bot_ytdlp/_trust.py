"""Whom the engine trusts over TLS: the usual authorities and, where the operator named one, one more.

It exists because yt-dlp takes either certifi's list or the system's, and has no option for an authority beside it.
"""

import functools
import os
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

import certifi
from yt_dlp.networking._helper import make_ssl_context

BUNDLE_NAME: Final = "authorities.pem"


class RequestHandler(Protocol):
    """What we need of one of yt-dlp's ways to speak HTTP."""

    _make_sslcontext: Callable[..., ssl.SSLContext]


class RequestDirector(Protocol):
    """What we need of yt-dlp's choice among its request handlers."""

    handlers: dict[str, RequestHandler]


@functools.cache
def usual_context() -> ssl.SSLContext:
    """Return yt-dlp's own TLS context, made once: reading the list of authorities costs 20 ms."""
    context: ssl.SSLContext = make_ssl_context()
    return context


class Trust:
    """The authorities of one download.

    Args:
        ca_file: The extra authority, PEM, or None.
    """

    def __init__(self, ca_file: Path | None) -> None:
        self._ca_file = ca_file
        self._bundle: Path | None = None

    def attach(self, director: RequestDirector) -> None:
        """Make yt-dlp's request handlers use these authorities."""
        for handler in director.handlers.values():
            handler._make_sslcontext = self.context  # noqa: SLF001 - the one place where yt-dlp chooses authorities

    def context(self, *, legacy_ssl_support: bool | None = None) -> ssl.SSLContext:
        """Return the context for one connection pool; old servers get one of their own (yt-dlp's extension)."""
        context = make_ssl_context(legacy_support=True) if legacy_ssl_support else usual_context()
        if self._ca_file is not None:
            # The context is this process's own: a worker serves one download.
            context.load_verify_locations(self._ca_file)
        return context

    def export(self, directory: Path) -> None:
        """Let child processes (ffmpeg) trust the same authorities; writes a bundle only for an extra one."""
        bundle = Path(certifi.where())
        if self._ca_file is not None:
            usual = bundle.read_bytes()
            bundle = self._bundle = directory / BUNDLE_NAME
            bundle.write_bytes(usual + b"\n" + self._ca_file.read_bytes())
        os.environ["SSL_CERT_FILE"] = str(bundle)

    def close(self) -> None:
        """Take the bundle away again."""
        if self._bundle is not None:
            self._bundle.unlink(missing_ok=True)
