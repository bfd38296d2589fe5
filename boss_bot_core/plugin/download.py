"""What a download hook is given, what it tells meanwhile, and what it returns."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import attrs

from boss_bot_core.domain.link import DownloadOptions
from boss_bot_core.domain.media import MediaInfo, SkippedFile

FileKind = Literal["image", "video", "audio", "any"]


@attrs.frozen(kw_only=True)
class Progress:
    """Report: bytes arrived. Send it as often as you like; the worker thins it out.

    Attributes:
        downloaded_bytes: Bytes so far of the file at hand.
        total_bytes: Its size, when known.
        filename: The source's name for it.
        file_index: Its place, from 1.
        file_count: How many there will be, when known.
    """

    downloaded_bytes: int
    total_bytes: int | None = None
    filename: str | None = None
    file_index: int = 1
    file_count: int | None = None


@attrs.frozen(kw_only=True)
class Described:
    """Report: what the post is, as soon as the platform told."""

    media: MediaInfo


Report = Callable[[Progress | Described], None]


@attrs.frozen(kw_only=True)
class DownloadRequest:
    """What to fetch, where to and within what.

    Attributes:
        url: The match's canonical address.
        media_key: The match's key.
        directory: Folder of this download, already there; the only place that may be written. After a retry it still
            holds what an earlier attempt left, so that engines continue their `.part` files.
        options: The requester's wishes.
        max_file_size_bytes: A larger file is of no use to anybody: never bring one.
        target_file_size_bytes: What the destination takes: choose the best version that fits; where none does, the
            smallest below the maximum.
        proxy_url: The only way out, credential included: keep it out of every text.
        ca_file: An extra certificate authority to trust, PEM, or None.
        cookies_file: Cookies for this platform, Netscape format, or None.
        ffmpeg: The ffmpeg to use, or None where there is none.
        report: Tell what is going on.
    """

    url: str
    media_key: str
    directory: Path
    options: DownloadOptions
    max_file_size_bytes: int
    target_file_size_bytes: int
    proxy_url: str = attrs.field(repr=False)
    ca_file: Path | None = None
    cookies_file: Path | None = None
    ffmpeg: Path | None = None
    report: Report = attrs.field(repr=False, eq=False)


@attrs.frozen(kw_only=True)
class FetchedFile:
    """A file that a download hook brought.

    Attributes:
        path: Where it is, inside the request's directory.
        kind: What the source says it is; checked against its content.
        name: The source's own name for it, untrusted.
        alt_text: The platform's description for people who cannot see it.
    """

    path: Path
    kind: FileKind = "any"
    name: str | None = None
    alt_text: str | None = None


@attrs.frozen(kw_only=True)
class DownloadResult:
    """What a download hook returns: never without files (raise `NothingFoundError` instead).

    Attributes:
        files: In source order.
        media: What the post is.
        skipped: What of the post is missing, and why.
    """

    files: tuple[FetchedFile, ...]
    media: MediaInfo = MediaInfo()
    skipped: tuple[SkippedFile, ...] = ()
