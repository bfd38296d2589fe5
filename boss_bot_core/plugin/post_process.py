"""The request, the reports and the result of a post-processing hook."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Generic

import attrs

from boss_bot_core.domain.link import DownloadOptions
from boss_bot_core.domain.media import MediaInfo, SkippedFile
from boss_bot_core.domain.sizes import MAX_SIZES_BYTES, MediaKind
from boss_bot_core.plugin.declared_settings import SettingsT_co


@attrs.frozen(kw_only=True)
class ConversionProgress:
    """Report of a conversion. A hook may send it as often as it likes; the worker forwards only some of the reports.

    Attributes:
        filename: Name of the file that is converted.
        fraction: Share of its conversion that is done, 0 to 1; all passes of one file together.
        file_index: Position of the file, from 1.
        file_count: Number of the request's files.
    """

    filename: str
    fraction: float
    file_index: int
    file_count: int


ConversionReport = Callable[[ConversionProgress], None]
"""Type of `PostProcessRequest.report`."""


@attrs.frozen(kw_only=True)
class ProcessedFile:
    """A file after post-processing.

    Attributes:
        path: Path of the file, inside the request's directory; an unchanged file keeps its own path.
        source: Path of the request's file that it was made from.
        thumbnail: Path of a small picture of the file, inside the request's directory, or None.
        description: Text for people who cannot see the file; None keeps the platform's own.
    """

    path: Path
    source: Path
    thumbnail: Path | None = None
    description: str | None = None


@attrs.frozen(kw_only=True)
class PostProcessRequest(Generic[SettingsT_co]):
    """Verified files that plugins may convert, so that they fit the destination and every player supports them.

    Attributes:
        files: Absolute paths of the files, in source order.
        directory: Folder for new files, the only place that the hook may write to.
        max_file_size_bytes: The destination's limit for one file.
        limits_by_kind: The operator's limit for a converted file of each kind, in bytes; see `limit_for`.
        options: Options that the requester chose; `options.fit` is the answer to a `ChoiceNeededError`.
        media: The post's metadata.
        ffmpeg: Path of the ffmpeg program, or None if the host has none.
        threads: Number of threads that a conversion may use.
        settings: The plugin's own settings, an object of the class that its hook `bossbot_settings` returns; None
            without that hook.
        report: Function that the hook calls with its `ConversionProgress`.
    """

    files: tuple[Path, ...]
    directory: Path
    max_file_size_bytes: int
    limits_by_kind: Mapping[MediaKind, int] = MAX_SIZES_BYTES
    options: DownloadOptions = DownloadOptions()
    media: MediaInfo = MediaInfo()
    ffmpeg: Path | None = None
    threads: int = 1
    settings: SettingsT_co = attrs.field(default=None, repr=False)
    report: ConversionReport = attrs.field(repr=False, eq=False)

    def limit_for(self, kind: MediaKind) -> int:
        """Return the largest size of a file of this kind that a hook may make, in bytes.

        A file that is delivered as it came is bounded by `max_file_size_bytes` alone.
        """
        return min(self.max_file_size_bytes, self.limits_by_kind.get(kind, self.max_file_size_bytes))


@attrs.frozen(kw_only=True)
class PostProcessResult:
    """The files after post-processing.

    Attributes:
        files: Any number of files for each source, in order; an unchanged file is its own source.
        notes: Descriptions of the changes, for the stored metadata.
        skipped: The files that could not be made to fit, by the names of their sources, with the reasons.
    """

    files: tuple[ProcessedFile, ...]
    notes: tuple[str, ...] = ()
    skipped: tuple[SkippedFile, ...] = ()
