"""What a download hook hands out: its reports while it runs, and its result.

It is separate from the request, because the request's HTTP client reports and returns these values as well.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import attrs

from boss_bot_core.domain.media import MediaInfo, SkippedFile

FileKind = Literal["image", "video", "audio", "any"]
"""Kind of file, as the source names it; `any` if the source does not tell."""


@attrs.frozen(kw_only=True)
class Progress:
    """Report of received bytes. A hook may send it as often as it likes; the worker forwards only some of the reports.

    Attributes:
        downloaded_bytes: Bytes received so far of the current file.
        total_bytes: Size of the current file, if known.
        filename: The source's name of the current file.
        file_index: Position of the current file, from 1.
        file_count: Number of files of the download, if known.
    """

    downloaded_bytes: int
    total_bytes: int | None = None
    filename: str | None = None
    file_index: int = 1
    file_count: int | None = None


@attrs.frozen(kw_only=True)
class Described:
    """Report of a post's metadata, sent as soon as they are known."""

    media: MediaInfo


Report = Callable[[Progress | Described], None]
"""Type of `DownloadRequest.report`."""


@attrs.frozen(kw_only=True)
class FetchedFile:
    """A file that a download hook fetched.

    Attributes:
        path: Path of the file, inside the request's directory.
        kind: Kind of file, as the source names it: a hint, because the content decides.
        name: The source's own name of the file, untrusted.
        alt_text: The platform's description of the file for people who cannot see it.
        is_resumed: Whether the file was put together from several responses; when the core rejects it, the download
            is tried once more from the start.
    """

    path: Path
    kind: FileKind = "any"
    name: str | None = None
    alt_text: str | None = None
    is_resumed: bool = False


@attrs.frozen(kw_only=True)
class DownloadResult:
    """The result of a download hook; it has at least one file (without files, raise `NothingFoundError`).

    Attributes:
        files: The fetched files in source order.
        media: The post's metadata.
        skipped: Files of the post that are missing, with the reasons.
    """

    files: tuple[FetchedFile, ...]
    media: MediaInfo = MediaInfo()
    skipped: tuple[SkippedFile, ...] = ()
