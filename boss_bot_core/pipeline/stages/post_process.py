"""The post-process stage: plugins convert the verified files, so that they fit the destination and can be played."""

import asyncio
import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import attrs

from boss_bot_core.domain.events import JobConversionProgressed, JobConversionStarted
from boss_bot_core.domain.media import MediaInfo
from boss_bot_core.domain.sizes import MAX_SIZES_BYTES, MediaKind
from boss_bot_core.errors import EngineBrokenError, FileTooLargeError
from boss_bot_core.pipeline.conversion_meter import ConversionMeter
from boss_bot_core.pipeline.file_limits import FileLimits
from boss_bot_core.pipeline.hook_runner import HookRunner
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.pipeline.stages.conversion_output import Processed, describe, leave_out_larger
from boss_bot_core.pipeline.stages.verify import Verified, VerifyStage
from boss_bot_core.plugin import ConversionProgress, ProcessedFile
from boss_bot_core.plugin.declared_settings import PackedSettings
from boss_bot_core.storage import VerifiedFile
from boss_bot_core.worker import Event, PostProcessFinished, PostProcessJob


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
        self, job: RunningJob, plugin: str, files: tuple[VerifiedFile, ...], directory: Path, media: MediaInfo
    ) -> Processed:
        """Return the files to store; `directory` is the folder for the files that the hooks make.

        Raises:
            ChoiceNeededError: The requester has to decide what becomes of a file that does not fit.
            DownloadFailedError: A plugin ended the download, or made no file that can be delivered.
        """
        if not self.is_used:
            return Processed(files=files)
        await asyncio.to_thread(directory.mkdir, parents=True, exist_ok=True)
        worker_job = PostProcessJob(
            files=tuple(file.path for file in files),
            directory=directory,
            max_file_size_bytes=job.item.max_file_size_bytes,
            options=job.item.options,
            media=media,
            **attrs.asdict(self._setup, recurse=False),
        )
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
        result = finished.result
        made, rejected = await self._verify(job, plugin, files, result.files)
        kept, too_large = leave_out_larger(made, self._limits.stored(job.item))
        skipped = (*result.skipped, *rejected, *too_large)
        if not kept:
            raise FileTooLargeError(skipped[0].reason if skipped else "Nothing is left that fits.")
        return Processed(files=kept, skipped=skipped, notes=result.notes)

    async def _verify(
        self, job: RunningJob, plugin: str, before: tuple[VerifiedFile, ...], after: tuple[ProcessedFile, ...]
    ) -> Verified:
        """Return all files in order, of which the ones that a plugin made are verified, and the rejected ones."""
        known = {file.path: file for file in before}
        made = tuple(
            attrs.evolve(known[file.source].fetched, path=file.path) for file in after if file.path not in known
        )
        verified, rejected = await self._verify_stage.run(job, plugin, made) if made else ((), ())
        known |= {file.path: file for file in verified}
        return tuple(describe(known[file.path], file) for file in after if file.path in known), rejected
