"""`ConversionSetup`: the operator's part of every post-processing job, and the job that it becomes."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import attrs

from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.media import MediaInfo
from boss_bot_core.domain.sizes import MAX_SIZES_BYTES, MediaKind
from boss_bot_core.plugin.declared_settings import PackedSettings
from boss_bot_core.worker import PostProcessJob

PROCESSED = ".processed"
"""The folder of post-processed files, beside the plugins' folders; plugin names have no dot."""


@attrs.frozen(kw_only=True)
class ConversionSetup:
    """The operator's part of every post-processing job.

    Attributes:
        plugin_settings: The own settings of each plugin that has some.
        limits_by_kind: Largest converted file of each kind, in bytes.
        threads: Threads of one conversion.
        ffmpeg: The ffmpeg program, or None.
    """

    plugin_settings: Mapping[str, PackedSettings] = attrs.field(factory=dict)
    limits_by_kind: Mapping[MediaKind, int] = MAX_SIZES_BYTES
    threads: int = 1
    ffmpeg: Path | None = None

    def build_job(self, item: DownloadItem, paths: Iterable[Path], directory: Path, media: MediaInfo) -> PostProcessJob:
        """Return the job that post-processes files; `directory` is the folder for the files that the hooks make."""
        return PostProcessJob(
            files=tuple(paths),
            directory=directory,
            max_file_size_bytes=item.max_file_size_bytes,
            options=item.options,
            media=media,
            **attrs.asdict(self, recurse=False),
        )
