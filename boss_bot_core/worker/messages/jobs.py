"""What a worker is forked for: one job, one worker."""

from pathlib import Path

import attrs

from boss_bot_core.domain.link import DownloadOptions
from boss_bot_core.plugin.download import DownloadRequest, Report
from boss_bot_core.plugin.stages import FileToInspect, PostProcessRequest
from boss_bot_core.worker.confinement.policy import Confinement


@attrs.frozen(kw_only=True)
class DownloadJob:
    """Fetch media: a `DownloadRequest` on its way to the worker.

    Attributes:
        plugin: Whose download hook to call.
        url: See `DownloadRequest`, as for all that follow.
    """

    plugin: str
    url: str
    media_key: str
    directory: Path
    options: DownloadOptions = DownloadOptions()
    max_file_size_bytes: int
    target_file_size_bytes: int
    proxy_url: str = attrs.field(repr=False)
    ca_file: Path | None = None
    cookies_file: Path | None = None
    ffmpeg: Path | None = None

    def to_request(self, report: Report) -> DownloadRequest:
        """Return what the download hook is called with."""
        fields = {field.name: getattr(self, field.name) for field in attrs.fields(DownloadJob)}
        del fields["plugin"]
        return DownloadRequest(report=report, **fields)


@attrs.frozen(kw_only=True)
class InspectJob:
    """Look at fetched files; they can be read, nothing can be written."""

    files: tuple[FileToInspect, ...]


@attrs.frozen(kw_only=True)
class PostProcessJob:
    """Make files fit and play."""

    request: PostProcessRequest


@attrs.frozen(kw_only=True)
class MatchJob:
    """Ask every platform about links, which follow line by line; a plugin's pattern can hang on the wrong one.

    The only job that takes more than one line: forking for each link would be most of an acknowledgement's time.
    """


WorkerJob = DownloadJob | InspectJob | PostProcessJob | MatchJob


@attrs.frozen(kw_only=True)
class StartJob:
    """First line that a worker reads.

    Attributes:
        job: What to do.
        confinement: What to be locked into before doing it.
    """

    job: WorkerJob
    confinement: Confinement
