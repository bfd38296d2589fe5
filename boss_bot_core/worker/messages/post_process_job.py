"""The job of a worker that post-processes files, and the request that it becomes there."""

from collections.abc import Mapping
from pathlib import Path

import attrs

from boss_bot_core.domain.link import DownloadOptions
from boss_bot_core.domain.media import MediaInfo
from boss_bot_core.domain.sizes import MAX_SIZES_BYTES, MediaKind
from boss_bot_core.plugin.declared_settings import PackedSettings
from boss_bot_core.plugin.post_process import ConversionReport, PostProcessRequest


@attrs.frozen(kw_only=True)
class PostProcessJob:
    """Post-process downloaded files; carries the fields of a `PostProcessRequest` to the worker.

    Attributes:
        plugin_settings: The own settings of each plugin that has some, by its name.
        files: See `PostProcessRequest`, as for all following fields.
    """

    plugin_settings: Mapping[str, PackedSettings] = attrs.field(factory=dict)
    files: tuple[Path, ...]
    directory: Path
    max_file_size_bytes: int
    limits_by_kind: Mapping[MediaKind, int] = MAX_SIZES_BYTES
    options: DownloadOptions = DownloadOptions()
    media: MediaInfo = MediaInfo()
    ffmpeg: Path | None = None
    threads: int = 1

    def to_request(self, report: ConversionReport) -> PostProcessRequest:
        """Build the request, in which each plugin's settings are filled in before its hook is called."""
        fields = {field.name: getattr(self, field.name) for field in attrs.fields(PostProcessJob)}
        del fields["plugin_settings"]
        return PostProcessRequest(report=report, **fields)
