"""The download stage: the first candidate plugin that can fetch the media does, in a confined worker."""

import time
from collections.abc import Sequence
from pathlib import Path

import attrs
from loguru import logger

from boss_bot_core.egress import EgressProxy, Lease
from boss_bot_core.errors import (
    BlockedError,
    DownloadFailedError,
    FileTooLargeError,
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
    """Return the failure that says most: not "unsupported", not "nothing found" if there is another, else the first.

    Args:
        errors: One of every candidate that was tried, in order; at least one.
    """
    return min(errors, key=_silence)


def _silence(error: DownloadFailedError) -> int:
    if isinstance(error, UnsupportedUrlError):
        return 2
    return 1 if isinstance(error, NothingFoundError) else 0


@attrs.frozen(kw_only=True)
class DownloadOutput:
    """What a plugin brought.

    Attributes:
        plugin: Which plugin.
        result: What it returned.
    """

    plugin: str
    result: DownloadResult


class DownloadStage:
    """Tries a link's candidates in their order."""

    def __init__(
        self, router: Router, proxy: EgressProxy, hook_runner: HookRunner, job_builder: DownloadJobBuilder
    ) -> None:
        self._router = router
        self._proxy = proxy
        self._hook_runner = hook_runner
        self._job_builder = job_builder

    async def run(self, job: RunningJob, folder: Path) -> DownloadOutput:
        """Bring the media into a folder of the plugin's own below `folder`.

        Raises:
            DownloadFailedError: No candidate could; the most telling failure of theirs.
        """
        route = await self._router.route(parse_link(job.item.url))
        failures: list[DownloadFailedError] = []
        for candidate in (route.best, *route.candidates[1:]):
            try:
                return DownloadOutput(plugin=candidate.plugin, result=await self._try(job, candidate, folder))
            except DownloadFailedError as error:
                logger.bind(action="candidate_failed", job_id=job.item.short_id, plugin=candidate.plugin).info(
                    "{}: {}", error.code, error.message
                )
                failures.append(error)
                if not error.try_next:
                    break
        raise most_informative(failures)

    async def _try(self, job: RunningJob, candidate: Candidate, folder: Path) -> DownloadResult:
        directory = folder / candidate.plugin
        directory.mkdir(parents=True, exist_ok=True)
        lease = self._proxy.open_lease(
            job.item.short_id, byte_cap=self._job_builder.max_job_bytes, rate_bps=self._job_builder.rate_bps
        )
        meter = ProgressMeter(job.item.id, time.monotonic())

        async def tell(event: Event) -> None:
            if isinstance(event, Progress):
                await job.report(meter.update(event, time.monotonic()))
            elif isinstance(event, Described):
                await job.describe(event.media)

        try:
            work = self._job_builder.build(job.item, candidate, directory, lease.proxy_url)
            word = await self._hook_runner.run(job, work, tell, lease=lease)
        except DownloadFailedError as error:
            raise _with_proxy_word(error, lease) from error
        finally:
            lease.close()
        if not isinstance(word, DownloadFinished):
            raise NothingFoundError("The engine finished without a result.")
        return word.result


def _with_proxy_word(error: DownloadFailedError, lease: Lease) -> DownloadFailedError:
    """Return what the proxy knows better: an engine only sees that its connection was refused or cut."""
    if lease.is_capped:
        return FileTooLargeError("There is more to download than one download may bring.")
    if lease.blocked and not isinstance(error, FileTooLargeError):
        return BlockedError(f"{lease.blocked[0].host} points into a network that I must not touch.")
    return error
