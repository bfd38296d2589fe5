"""`JobGrants`: the folder, input files, proxy port and programs that a job's worker may use, derived from the job."""

from pathlib import Path
from urllib.parse import urlsplit

import attrs

from boss_bot_core.worker.messages.jobs import DownloadJob, InspectJob, PostProcessJob, WorkerJob

_SCRATCH_NAME = ".scratch"


@attrs.frozen(kw_only=True)
class JobGrants:
    """The resources that one job's worker may use.

    Attributes:
        directory: The folder that may be written, or None.
        readable: Input files outside that folder.
        proxy_port: The only TCP port, on loopback, or None for no network.
        programs: Programs that may be started.
    """

    directory: Path | None = None
    readable: tuple[Path, ...] = ()
    proxy_port: int | None = None
    programs: tuple[Path, ...] = ()

    @property
    def scratch_directory(self) -> Path | None:
        """The job's home, temporary and cache folder; None without a writable folder."""
        return None if self.directory is None else self.directory / _SCRATCH_NAME


def build_grants(job: WorkerJob) -> JobGrants:
    """Build the grants that `job` needs, and no others."""
    if isinstance(job, DownloadJob):
        return JobGrants(
            directory=job.directory,
            readable=() if job.ca_file is None else (job.ca_file,),
            proxy_port=urlsplit(job.proxy_url).port,
            programs=_list_programs(job.ffmpeg),
        )
    if isinstance(job, PostProcessJob):
        return JobGrants(directory=job.directory, readable=job.files, programs=_list_programs(job.ffmpeg))
    if isinstance(job, InspectJob):
        return JobGrants(readable=tuple(file.path for file in job.files))
    return JobGrants()


def _list_programs(ffmpeg: Path | None) -> tuple[Path, ...]:
    return () if ffmpeg is None else (ffmpeg, ffmpeg.with_name("ffprobe"))
