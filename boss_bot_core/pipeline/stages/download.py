"""The download stage: tries the candidate plugins in order, each in a confined worker, until one fetches the media."""

import time
from collections.abc import Sequence
from pathlib import Path

import attrs
from loguru import logger

from boss_bot_core.egress import LIMIT_REASONS, EgressProxy, Lease
from boss_bot_core.errors import (
    BlockedError,
    DownloadFailedError,
    FileTooLargeError,
    NetworkError,
    NothingFoundError,
    UnsupportedUrlError,
)
from boss_bot_core.pipeline.hook_runner import HookRunner
from boss_bot_core.pipeline.progress_meter import ProgressMeter
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.pipeline.stages.job_builder import DownloadJobBuilder
from boss_bot_core.plugin import Described, DownloadResult, Progress
from boss_bot_core.routing import Candidate, Router, parse_link
from boss_bot_core.worker import DownloadFinished, Event


def most_informative(errors: Sequence[DownloadFailedError]) -> DownloadFailedError:
    """Return the first error that is neither "unsupported" nor "nothing found"; else prefer "nothing found".

    Args:
        errors: The errors of all candidates that were tried, in order; at least one.
    """
    return min(errors, key=_rank_error)


def _rank_error(error: DownloadFailedError) -> int:
    if isinstance(error, UnsupportedUrlError):
        return 2
    return 1 if isinstance(error, NothingFoundError) else 0


@attrs.frozen(kw_only=True)
class DownloadOutput:
    """The plugin that fetched the media, and its result."""

    plugin: str
    result: DownloadResult


class DownloadStage:
    """Tries the candidates of a link in their order."""

    def __init__(
        self, router: Router, proxy: EgressProxy, hook_runner: HookRunner, job_builder: DownloadJobBuilder
    ) -> None:
        self._router = router
        self._proxy = proxy
        self._hook_runner = hook_runner
        self._job_builder = job_builder

    async def run(self, job: RunningJob, folder: Path) -> DownloadOutput:
        """Fetch the media into the plugin's own folder below `folder`.

        Raises:
            DownloadFailedError: All candidates failed; the most informative of their errors.
        """
        route = await self._router.route(parse_link(job.item.url))
        errors: list[DownloadFailedError] = []
        for candidate in (route.best, *route.candidates[1:]):
            try:
                return DownloadOutput(plugin=candidate.plugin, result=await self._try_candidate(job, candidate, folder))
            except DownloadFailedError as error:
                logger.bind(action="candidate_failed", job_id=job.item.short_id, plugin=candidate.plugin).info(
                    "{}: {}", error.code, error.message
                )
                errors.append(error)
                if not error.try_next:
                    break
        raise most_informative(errors)

    async def _try_candidate(self, job: RunningJob, candidate: Candidate, folder: Path) -> DownloadResult:
        directory = folder / candidate.plugin
        directory.mkdir(parents=True, exist_ok=True)
        lease = self._proxy.open_lease(
            job.item.short_id, byte_cap=self._job_builder.max_job_bytes, rate_bps=self._job_builder.rate_bps
        )
        meter = ProgressMeter(job.item.id, time.monotonic())

        async def handle_event(event: Event) -> None:
            if isinstance(event, Progress):
                await job.report_progress(meter.update(event, time.monotonic()))
            elif isinstance(event, Described):
                await job.describe(event.media)

        try:
            download_job = self._job_builder.build(job.item, candidate, directory, lease.proxy_url)
            finished = await self._hook_runner.run(job, download_job, handle_event, lease=lease)
        except DownloadFailedError as error:
            raise _replace_with_proxy_error(error, lease) from error
        finally:
            lease.close()
        if not isinstance(finished, DownloadFinished):
            raise NothingFoundError("The engine finished without a result.")
        return finished.result


def _replace_with_proxy_error(error: DownloadFailedError, lease: Lease) -> DownloadFailedError:
    """Return the proxy's reason for the error: an engine only sees that its connection was refused or closed."""
    if lease.is_capped:
        return FileTooLargeError("There is more to download than one download may bring.")
    if lease.machine_error is not None and isinstance(error, NetworkError):
        return lease.machine_error
    off_limits = [request for request in lease.blocked if request.reason not in LIMIT_REASONS]
    if off_limits and not isinstance(error, FileTooLargeError):
        return BlockedError(f"{off_limits[0].host} points into a network that I must not touch.")
    return error
