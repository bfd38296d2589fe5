"""The post-process stage: plugins convert the verified files, so that they fit the destination and can be played."""

import asyncio
import time
from functools import partial
from pathlib import Path

import attrs

from boss_bot_core.domain.events import JobConversionProgressed, JobConversionStarted
from boss_bot_core.domain.media import MediaInfo, SkippedFile
from boss_bot_core.errors import EngineBrokenError, FileTooLargeError
from boss_bot_core.pipeline.conversion_meter import ConversionMeter
from boss_bot_core.pipeline.file_limits import FileLimits
from boss_bot_core.pipeline.hook_runner import HookRunner
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.pipeline.stages.conversion_output import (
    Processed,
    carry_out,
    describe,
    leave_out_larger,
    take_planned,
)
from boss_bot_core.pipeline.stages.job_builder import ConversionSetup
from boss_bot_core.pipeline.stages.verify import Verified, VerifyStage
from boss_bot_core.plugin import ConversionProgress, PostProcessResult, ProcessedFile
from boss_bot_core.storage import VerifiedFile
from boss_bot_core.worker import Event, PostProcessFinished, PostProcessJob


class PostProcessStage:
    """Runs the post-processing hooks in a worker without network, and verifies the files that they made.

    Without a post-processing plugin the stage starts no worker.
    """

    def __init__(
        self, hook_runner: HookRunner, verify_stage: VerifyStage, limits: FileLimits, setup: ConversionSetup
    ) -> None:
        self._hook_runner = hook_runner
        self._verify_stage = verify_stage
        self._limits = limits
        self._setup = setup

    @property
    def is_used(self) -> bool:
        """Whether a plugin post-processes files."""
        return self._limits.is_converting

    async def run(
        self, job: RunningJob, plugin: str, verified: Verified, directory: Path, media: MediaInfo
    ) -> Processed:
        """Return the files to store; `directory` is the folder for the files that the hooks make.

        Files with a plan need no worker: those that only lose bytes are copied without them, as they were inspected.

        Raises:
            ChoiceNeededError: The requester has to decide what becomes of a file that does not fit.
            DownloadFailedError: A plugin ended the download, or made no file that can be delivered.
        """
        if not self.is_used:
            return Processed(files=verified.files)
        await asyncio.to_thread(directory.mkdir, parents=True, exist_ok=True)
        files, plan = verified.files, verified.plan
        if plan is None:
            worker_job = self._setup.build_job(job.item, (file.path for file in files), directory, media)
            result = await self._convert(job, worker_job)
        else:
            result = await asyncio.to_thread(carry_out, plan, [file.path for file in files], directory)
        if plan is None or self._verify_stage.has_services:
            made, rejected = await self._verify(job, plugin, files, result.files)
        else:
            made, rejected = take_planned(files, result.files), ()
        kept, too_large = leave_out_larger(made, self._limits.stored(job.item))
        skipped = (*result.skipped, *rejected, *too_large)
        if not kept:
            raise FileTooLargeError(skipped[0].reason if skipped else "Nothing is left that fits.")
        return Processed(files=kept, skipped=skipped, notes=result.notes)

    async def _convert(self, job: RunningJob, worker_job: PostProcessJob) -> PostProcessResult:
        meter = ConversionMeter(time.monotonic())
        is_started = False

        async def handle_event(event: Event) -> None:
            nonlocal is_started
            if isinstance(event, ConversionProgress):
                if not is_started:  # most files need nothing, and are not said to be converted
                    is_started = True
                    job.report(JobConversionStarted)
                job.report(partial(JobConversionProgressed, update=meter.update(event, time.monotonic())))

        finished = await self._hook_runner.run(job, worker_job, handle_event)
        if not isinstance(finished, PostProcessFinished):
            raise EngineBrokenError("The post-processing ended without a result.")
        return finished.result

    async def _verify(
        self, job: RunningJob, plugin: str, before: tuple[VerifiedFile, ...], after: tuple[ProcessedFile, ...]
    ) -> tuple[tuple[VerifiedFile, ...], tuple[SkippedFile, ...]]:
        """Return all files in order, of which the ones that a plugin made are verified, and the rejected ones."""
        known = {file.path: file for file in before}
        made = tuple(
            attrs.evolve(known[file.source].fetched, path=file.path) for file in after if file.path not in known
        )
        verified = await self._verify_stage.run(job, plugin, made) if made else Verified()
        known |= {file.path: file for file in verified.files}
        return tuple(describe(known[file.path], file) for file in after if file.path in known), verified.skipped
