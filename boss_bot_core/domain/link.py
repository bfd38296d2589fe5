"""A web address in the one form that routing and plugins compare: already checked, host apart from path.

What a person may ask of a download beyond its link.
"""

from typing import Literal
from urllib.parse import parse_qs, urlsplit

import attrs


@attrs.frozen(kw_only=True)
class Link:
    """A normalised http(s) address without credentials.

    Attributes:
        url: The whole address, host in lower case and in ASCII (IDNA).
        scheme: `http` or `https`.
        host: Lower-case ASCII host name or IP literal, without port and brackets.
        port: Port when the address names one that is not its scheme's own.
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
        """Tell whether the host is one of `hosts` or below one of them (`www.x.com` is on `x.com`)."""
        return any(self.host == host or self.host.endswith("." + host) for host in hosts)

    @property
    def segments(self) -> tuple[str, ...]:
        """The path's parts between slashes, empty ones left out."""
        return tuple(part for part in self.path.split("/") if part)

    def query_value(self, name: str) -> str | None:
        """Return the first value of the query's `name`, or None."""
        return parse_qs(self.query).get(name, [None])[0]


def format_host(url: str) -> str:
    """Return an address's host as people know it, without `www.`; `?` for an address without a host."""
    return (urlsplit(url).hostname or "?").removeprefix("www.")


Quality = Literal["best", "1080", "720", "480", "360"]
"""Tallest picture wanted, in lines; `best` is whatever the source has that fits the size limit."""


@attrs.frozen(kw_only=True)
class DownloadOptions:
    """Wishes of the requester, handed to the plugin as they are.

    Attributes:
        quality: Tallest video wanted.
        audio_only: Only the sound, where the source can give it.
        whole_thread: Also the same author's other posts of the thread.
        spoiler: Deliver behind a spoiler veil.
    """

    quality: Quality = "best"
    audio_only: bool = False
    whole_thread: bool = False
    spoiler: bool = False

    @property
    def content_key(self) -> str:
        """The wishes that change which bytes are fetched, as one text: same media key and same text, same files."""
        return f"{self.quality}:{'audio' if self.audio_only else 'all'}:{'thread' if self.whole_thread else 'post'}"
