"""The request, the reports and the result of a download hook."""

from collections.abc import Callable
from pathlib import Path
from typing import Generic, Literal

import attrs

from boss_bot_core.domain.link import DownloadOptions
from boss_bot_core.domain.media import MediaInfo, SkippedFile
from boss_bot_core.plugin.declared_settings import SettingsT_co

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
class DownloadRequest(Generic[SettingsT_co]):
    """The link to fetch, with its options, its limits and its environment.

    Attributes:
        url: Canonical address of the match.
        media_key: Media key of the match.
        directory: Existing folder of this download, the only place that the hook may write to. After a retry it still
            holds the files of the earlier attempt, so that engines continue their `.part` files.
        options: Options that the requester chose.
        max_file_size_bytes: Maximum size of a file; a hook never returns a larger one.
        target_file_size_bytes: Maximum size that the destination accepts. The hook fetches the best version that fits;
            if none fits, the smallest version below the maximum.
        proxy_url: Address of the egress proxy, the only way into the network. It contains a credential, which must not
            appear in any text.
        ca_file: PEM file of an extra certificate authority to trust, or None.
        cookies_file: The operator's cookies for this platform in Netscape format, which the core has checked and
            written for this download, or None.
        ffmpeg: Path of the ffmpeg program, or None if the host has none.
        settings: The plugin's own settings, an object of the class that its hook `bossbot_settings` returns; None
            without that hook.
        report: Function that the hook calls with its reports.
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
    settings: SettingsT_co = attrs.field(default=None, repr=False)
    report: Report = attrs.field(repr=False, eq=False)


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
