"""Jobs of the workers: each worker is forked for one job and exits after it."""

from collections.abc import Iterable
from pathlib import Path

import attrs

from boss_bot_core.domain.link import DownloadOptions
from boss_bot_core.domain.service_address import ServiceAddress
from boss_bot_core.plugin.declared_settings import PackedSettings, unpack_settings
from boss_bot_core.plugin.download import DownloadRequest
from boss_bot_core.plugin.download_result import Report
from boss_bot_core.plugin.inspection import FileToInspect
from boss_bot_core.worker.confinement.policy import Confinement
from boss_bot_core.worker.messages.post_process_job import PostProcessJob


@attrs.frozen(kw_only=True)
class DownloadJob:
    """Download media; carries the fields of a `DownloadRequest` to the worker.

    Attributes:
        plugin: Name of the plugin whose download hook is called.
        cookies: The content of the request's cookies file; empty for none.
        settings: The plugin's own settings; None for the default ones.
        url: See `DownloadRequest`, as for all following fields.
    """

    plugin: str
    cookies: str = attrs.field(default="", repr=False)
    settings: PackedSettings | None = None
    url: str
    media_key: str
    directory: Path
    options: DownloadOptions = DownloadOptions()
    max_file_size_bytes: int
    target_file_size_bytes: int
    proxy_url: str = attrs.field(repr=False)
    ca_file: Path | None = None
    ffmpeg: Path | None = None

    def to_request(self, report: Report, cookies_file: Path | None, default_settings: object) -> DownloadRequest:
        """Build the request that the download hook is called with.

        Args:
            report: See `DownloadRequest`, as for the next one.
            cookies_file: A file with the job's cookies.
            default_settings: The default settings of the plugin, an object of its own class.
        """
        settings = unpack_settings(self.settings, default_settings)
        fields = {field.name: getattr(self, field.name) for field in attrs.fields(DownloadJob)}
        del fields["plugin"], fields["cookies"], fields["settings"]
        return DownloadRequest(report=report, cookies_file=cookies_file, settings=settings, **fields)


@attrs.frozen(kw_only=True)
class Inspector:
    """A plugin whose inspection hook has to run.

    Attributes:
        plugin: Its name.
        settings: Its own settings; None for the default ones.
        services: The services that its worker may connect to.
    """

    plugin: str
    settings: PackedSettings | None = None
    services: tuple[ServiceAddress, ...] = ()


@attrs.frozen(kw_only=True)
class InspectJob:
    """Inspect downloaded files; the worker can read them and can write nothing.

    Attributes:
        files: The files, without settings: each hook gets its own.
        inspectors: The plugins whose hooks run, in order.
        conversion: What would be done with the accepted files, for plugins that plan it; None to plan nothing.
    """

    files: tuple[FileToInspect[None], ...]
    inspectors: tuple[Inspector, ...]
    conversion: PostProcessJob | None = None


@attrs.frozen(kw_only=True)
class MatchJob:
    """Match links, which follow line by line, with every plugin; a plugin's pattern can hang on an unfortunate link.

    The only job that reads more than one line: a fork for each link would be most of the time until its card.
    """


WorkerJob = DownloadJob | InspectJob | PostProcessJob | MatchJob


def list_packed_settings(job: WorkerJob) -> tuple[PackedSettings, ...]:
    """Return the settings of every plugin that a job carries."""
    found: Iterable[PackedSettings | None] = ()
    if isinstance(job, DownloadJob):
        found = [job.settings]
    elif isinstance(job, InspectJob):
        planned = () if job.conversion is None else job.conversion.plugin_settings.values()
        found = [*(each.settings for each in job.inspectors), *planned]
    elif isinstance(job, PostProcessJob):
        found = job.plugin_settings.values()
    return tuple(settings for settings in found if settings is not None)


@attrs.frozen(kw_only=True)
class StartJob:
    """The first line that a worker reads.

    Attributes:
        job: The job.
        confinement: The confinement that the worker applies to itself before it starts the job.
    """

    job: WorkerJob
    confinement: Confinement
