"""The builders of workers' jobs from the operator's settings: of a download by one candidate, and of a conversion."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import attrs

from boss_bot_core.domain.cookies import CookieFile
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.media import MediaInfo
from boss_bot_core.domain.sizes import MAX_SIZES_BYTES, MediaKind
from boss_bot_core.pipeline.file_limits import FileLimits
from boss_bot_core.plugin.declared_settings import PackedSettings
from boss_bot_core.routing import Candidate
from boss_bot_core.worker import DownloadJob, PostProcessJob

PROCESSED = ".processed"
"""The folder of post-processed files, beside the plugins' folders; plugin names have no dot."""


@attrs.frozen(kw_only=True)
class DownloadJobBuilder:
    """Builds download jobs from the operator's settings, which are the same for every download.

    Attributes:
        limits: Limits for one file.
        find_cookies: Returns the operator's cookies for a plugin, or None.
        plugin_settings: The own settings of each plugin that has some.
        ca_file: An extra certificate authority, or None.
        ffmpeg: The ffmpeg program, or None.
    """

    limits: FileLimits
    find_cookies: Callable[[str], CookieFile | None]
    plugin_settings: Mapping[str, PackedSettings]
    ca_file: Path | None = None
    ffmpeg: Path | None = None

    def build(
        self, item: DownloadItem, candidate: Candidate, directory: Path, proxy_url: str, cookies: str
    ) -> DownloadJob:
        """Return the job of a worker for one candidate.

        Args:
            item: The download.
            candidate: The plugin and its form of the link.
            directory: The only folder that the worker may write to.
            proxy_url: The worker's only access to the network.
            cookies: The cookies in Netscape format; empty for none.
        """
        max_file_size_bytes = self.limits.fetched(item)
        return DownloadJob(
            plugin=candidate.plugin,
            url=candidate.match.url,
            media_key=candidate.match.media_key,
            directory=directory,
            options=item.options,
            max_file_size_bytes=max_file_size_bytes,
            target_file_size_bytes=min(max_file_size_bytes, item.max_file_size_bytes),
            proxy_url=proxy_url,
            ca_file=self.ca_file,
            cookies=cookies,
            settings=self.plugin_settings.get(candidate.plugin),
            ffmpeg=self.ffmpeg,
        )


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
