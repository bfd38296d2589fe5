"""The attempt with one candidate: its hook in a worker, with a lease of the proxy and the operator's cookies."""

import time
from pathlib import Path
from urllib.parse import urlsplit

from loguru import logger

from boss_bot_core.errors import AuthRequiredError, NothingFoundError
from boss_bot_core.pipeline.hook_runner import HookRunner
from boss_bot_core.pipeline.progress_meter import ProgressMeter
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.pipeline.stages.job_builder import DownloadJobBuilder
from boss_bot_core.pipeline.stages.worker_lease import LeaseFactory
from boss_bot_core.plugin import Described, DownloadResult, Progress
from boss_bot_core.routing import Candidate
from boss_bot_core.worker import DownloadFinished, Event


class CandidateRunner:
    """Runs the download hook of one candidate."""

    def __init__(self, hook_runner: HookRunner, job_builder: DownloadJobBuilder, leases: LeaseFactory) -> None:
        self._hook_runner = hook_runner
        self._job_builder = job_builder
        self._leases = leases

    async def run(self, job: RunningJob, candidate: Candidate, folder: Path) -> DownloadResult:
        """Fetch the media into the plugin's own folder below `folder`.

        A site can refuse everything to a login that it does not accept any more. Public media do not depend on the
        cookies, so they are tried once more without.

        Raises:
            DownloadFailedError: The candidate failed.
        """
        cookies = self._job_builder.find_cookies(candidate.plugin)
        text = "" if cookies is None else cookies.to_netscape()
        try:
            return await self._run_hook(job, candidate, folder, text)
        except AuthRequiredError as error:
            host = urlsplit(candidate.match.url).hostname or ""
            if cookies is None or not cookies.has_site(host):
                raise
            logger.bind(action="cookies_refused").warning(
                "{} does not accept the cookies of {}.", host, candidate.plugin
            )
            refused = AuthRequiredError(error.message, advice=AuthRequiredError.renewal_advice)
            if not text:
                raise refused from error
        try:
            return await self._run_hook(job, candidate, folder, "")
        except AuthRequiredError as error:
            raise refused from error

    async def _run_hook(self, job: RunningJob, candidate: Candidate, folder: Path, cookies: str) -> DownloadResult:
        directory = folder / candidate.plugin
        directory.mkdir(parents=True, exist_ok=True)
        meter = ProgressMeter(job.item.id, time.monotonic())
        async with self._leases.open(job, folder) as (lease, allowance):

            async def handle_event(event: Event) -> None:
                if isinstance(event, Progress):
                    update = meter.update(event, time.monotonic())
                    await job.report_progress(update)
                    allowance.check_size(update)
                elif isinstance(event, Described):
                    await job.describe(event.media)

            download_job = self._job_builder.build(job.item, candidate, directory, lease.proxy_url, cookies)
            finished = await self._hook_runner.run(job, download_job, handle_event, lease=lease)
        if not isinstance(finished, DownloadFinished):
            raise NothingFoundError("The engine finished without a result.")
        return finished.result
