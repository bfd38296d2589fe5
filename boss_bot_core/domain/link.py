"""A normalised link, as routing and plugins compare it, and the options of a download."""

from typing import Literal
from urllib.parse import parse_qs, urlsplit

import attrs


@attrs.frozen(kw_only=True)
class Link:
    """A checked and normalised http(s) address without credentials.

    Attributes:
        url: The whole address, host in lower case and in ASCII (IDNA).
        scheme: `http` or `https`.
        host: Lower-case ASCII host name or IP literal, without port and brackets.
        port: Port, if the address names one that is not the default of its scheme.
        path: Path, at least `/`, percent-encoding as given.
        query: Query without the `?`.
    """

    url: str
    scheme: str
    host: str
    port: int | None = None
    path: str = "/"
    query: str = ""

    def on_host(self, *hosts: str) -> bool:
        """Return whether the host is one of `hosts` or a subdomain of one (`www.x.com` is on `x.com`)."""
        return any(self.host == host or self.host.endswith("." + host) for host in hosts)

    @property
    def segments(self) -> tuple[str, ...]:
        """The non-empty parts of the path between slashes."""
        return tuple(part for part in self.path.split("/") if part)

    def query_value(self, name: str) -> str | None:
        """Return the first value of `name` in the query, or None."""
        return parse_qs(self.query).get(name, [None])[0]


def format_host(url: str) -> str:
    """Return the host of an address for display, without `www.`; `?` for an address without a host."""
    return (urlsplit(url).hostname or "?").removeprefix("www.")


Quality = Literal["best", "1080", "720", "480", "360"]
"""Largest height of the video, in lines; `best` is the best quality of the source within the size limit."""


FitChoice = Literal["convert", "parts", "sound"]
"""What to do with a file that does not fit: convert it in spite of the time that takes, send parts, or its sound."""


@attrs.frozen(kw_only=True)
class DownloadOptions:
    """Options of the requester, passed unchanged to the plugin.

    Attributes:
        quality: Largest height of the video.
        audio_only: Fetch only the sound, where the source offers it.
        whole_thread: Also fetch the same author's other posts of the thread.
        spoiler: Deliver the files marked as spoilers.
        fresh: Fetch again, although an earlier download of the same media may be stored.
        fit: What to do with a file that does not fit; None asks the requester where there is a choice.
    """

    quality: Quality = "best"
    audio_only: bool = False
    whole_thread: bool = False
    spoiler: bool = False
    fresh: bool = False
    fit: FitChoice | None = None

    @property
    def content_key(self) -> str:
        """The options that change the fetched bytes, as text; equal media and content keys mean equal files."""
        key = f"{self.quality}:{'audio' if self.audio_only else 'all'}:{'thread' if self.whole_thread else 'post'}"
        return f"{key}:{self.fit}" if self.fit else key
