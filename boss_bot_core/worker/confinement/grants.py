"""What a job's worker may touch, read off the job itself: its folder, its inputs, its proxy, its programs."""

from pathlib import Path
from urllib.parse import urlsplit

import attrs

from boss_bot_core.worker.messages.jobs import DownloadJob, InspectJob, PostProcessJob, WorkerJob

_SCRATCH = ".scratch"


@attrs.frozen(kw_only=True)
class JobGrants:
    """What a worker may touch.

    Attributes:
        directory: The folder that may be written, or None.
        readable: Files of the job outside that folder.
        proxy_port: The only TCP port, on loopback, or None for no network.
        programs: What may be started.
    """

    directory: Path | None = None
    readable: tuple[Path, ...] = ()
    proxy_port: int | None = None
    programs: tuple[Path, ...] = ()

    @property
    def scratch_directory(self) -> Path | None:
        """Home, temporary and cache folder of the job."""
        return None if self.directory is None else self.directory / _SCRATCH


def build_grants(job: WorkerJob) -> JobGrants:
    """Return what `job` needs, and nothing else."""
    if isinstance(job, DownloadJob):
        return JobGrants(
            directory=job.directory,
            readable=tuple(path for path in (job.ca_file, job.cookies_file) if path is not None),
            proxy_port=urlsplit(job.proxy_url).port,
            programs=_list_programs(job.ffmpeg),
        )
    if isinstance(job, PostProcessJob):
        request = job.request
        return JobGrants(directory=request.directory, readable=request.files, programs=_list_programs(request.ffmpeg))
    if isinstance(job, InspectJob):
        return JobGrants(readable=tuple(file.path for file in job.files))
    return JobGrants()


def _list_programs(ffmpeg: Path | None) -> tuple[Path, ...]:
    return () if ffmpeg is None else (ffmpeg, ffmpeg.with_name("ffprobe"))
