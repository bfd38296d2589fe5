"""`JobGrants`: the folder, input files, proxy port and programs that a job's worker may use, derived from the job."""

from pathlib import Path
from urllib.parse import urlsplit

import attrs

from boss_bot_core.domain.service_address import ServiceAddress
from boss_bot_core.worker.messages.jobs import DownloadJob, InspectJob, WorkerJob
from boss_bot_core.worker.messages.post_process_job import PostProcessJob

_SCRATCH_NAME = ".scratch"


@attrs.frozen(kw_only=True)
class JobGrants:
    """The resources that one job's worker may use.

    Attributes:
        directory: The folder that may be written, or None.
        readable: Input files outside that folder.
        proxy_port: The only TCP port, on loopback, or None for no network.
        programs: Programs that may be started.
        services: Services of the operator that may be connected to, such as a virus scanner.
    """

    directory: Path | None = None
    readable: tuple[Path, ...] = ()
    proxy_port: int | None = None
    programs: tuple[Path, ...] = ()
    services: tuple[ServiceAddress, ...] = ()

    @property
    def unix_sockets(self) -> tuple[Path, ...]:
        """The Unix sockets that may be connected to."""
        return tuple(service.path for service in self.services if service.path is not None)

    @property
    def tcp_addresses(self) -> frozenset[tuple[str, int]]:
        """The IP addresses with ports that may be connected to, beside the proxy's port on loopback."""
        return frozenset((service.host, service.port) for service in self.services if service.path is None)

    @property
    def tcp_ports(self) -> frozenset[int]:
        """Every TCP port that may be connected to; the kernel restricts ports, not addresses."""
        proxy = () if self.proxy_port is None else (self.proxy_port,)
        return frozenset((*proxy, *(port for _, port in self.tcp_addresses)))

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
        services = tuple(service for inspector in job.inspectors for service in inspector.services)
        return JobGrants(readable=tuple(file.path for file in job.files), services=services)
    return JobGrants()


def _list_programs(ffmpeg: Path | None) -> tuple[Path, ...]:
    return () if ffmpeg is None else (ffmpeg, ffmpeg.with_name("ffprobe"))
