"""The running site: two loopback ports, one certificate, one request log."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import attrs
import trustme
from aiohttp import web

from boss_bot_sandbox.site import application
from boss_bot_sandbox.site.application import build_app
from boss_bot_sandbox.site.hosts import host_overrides, issue_certificate
from boss_bot_sandbox.site.media.library import MediaLibrary
from boss_bot_sandbox.site.request_log import REQUESTS, RequestLog
from boss_bot_sandbox.site.twitter.api import GUEST_TOKENS

LOOPBACK = "127.0.0.1"


@attrs.frozen(kw_only=True)
class MediaSite:
    """A running site: ``async with MediaSite.start(directory) as site``.

    Attributes:
        http_url: ``http://127.0.0.1:PORT``, without a slash at the end.
        https_port: Port of the same site with TLS.
        ca_file: PEM file of the certificate authority to trust.
        library: The media files.
    """

    app: web.Application
    http_url: str
    https_port: int
    ca_file: Path
    library: MediaLibrary

    @property
    def https_url(self) -> str:
        """Return ``https://127.0.0.1:PORT``."""
        return f"https://{LOOPBACK}:{self.https_port}"

    @property
    def host_overrides(self) -> dict[str, str]:
        """Return public host pattern -> loopback address and port; ``.x.com`` stands for every subdomain."""
        return host_overrides(self.https_port)

    @property
    def requests(self) -> RequestLog:
        """Return the log of all requests."""
        return self.app[REQUESTS]

    def reset(self) -> None:
        """Empty the request log and the counters of ``cut`` and ``flaky``; let X issue guest tokens again."""
        application.reset_site(self.app)

    def refuse_guest_tokens(self, status: int = 429) -> None:
        """Let X answer requests for guest tokens with this status, until ``reset``."""
        self.app[GUEST_TOKENS].status = status

    def connection_info(self) -> dict[str, Any]:
        """Return the addresses that another process needs to use the site, as JSON values."""
        return {
            "http_url": self.http_url,
            "https_url": self.https_url,
            "https_port": self.https_port,
            "ca_file": str(self.ca_file),
            "host_overrides": self.host_overrides,
        }

    @classmethod
    @asynccontextmanager
    async def start(cls, directory: Path) -> AsyncIterator["MediaSite"]:
        """Serve on two free loopback ports until the block ends.

        Args:
            directory: Where media files are cached and the authority's certificate is written; may be shared.
        """
        library = MediaLibrary(directory / "media")
        app = build_app(library)
        # Without cancellation a stalled response would block the shutdown until its client leaves.
        runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.5)
        await runner.setup()
        try:
            http_port = await _listen(runner)
            authority = trustme.CA()
            ca_file = directory / f"ca-{http_port}.pem"
            authority.cert_pem.write_to_path(str(ca_file))
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            issue_certificate(authority).configure_cert(context)
            https_port = await _listen(runner, context)
            yield cls(
                app=app,
                http_url=f"http://{LOOPBACK}:{http_port}",
                https_port=https_port,
                ca_file=ca_file,
                library=library,
            )
        finally:
            await runner.cleanup()


async def _listen(runner: web.AppRunner, context: ssl.SSLContext | None = None) -> int:
    await web.TCPSite(runner, LOOPBACK, 0, ssl_context=context).start()
    port = runner.addresses[-1][1]
    assert isinstance(port, int)  # noqa: S101 - an IPv4 address is a pair of host and port
    return port
