"""The post-process stage: plugins convert verified files so that they fit the size limit and play everywhere."""

import asyncio
from pathlib import Path

import attrs

from boss_bot_core.domain.events import JobConversionStarted
from boss_bot_core.errors import EngineBrokenError
from boss_bot_core.pipeline.hook_runner import HookRunner
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.pipeline.stages.verify import VerifyStage
from boss_bot_core.storage import VerifiedFile
from boss_bot_core.worker import PostProcessFinished, PostProcessJob


class PostProcessStage:
    """Runs the post-processing hooks in a worker without network, and verifies the files that they made.

    Without a post-processing plugin the stage starts no worker.
    """

    def __init__(
        self, hook_runner: HookRunner, verify_stage: VerifyStage, ffmpeg: Path | None, *, is_used: bool
    ) -> None:
        self._hook_runner = hook_runner
        self._verify_stage = verify_stage
        self._ffmpeg = ffmpeg
        self._is_used = is_used

    async def run(
        self, job: RunningJob, plugin: str, files: tuple[VerifiedFile, ...], directory: Path
    ) -> tuple[tuple[VerifiedFile, ...], tuple[str, ...]]:
        """Return the files to deliver, and notes on the changes.

        Args:
            job: The running job.
            plugin: The plugin that fetched the files.
            files: The verified files.
            directory: The folder for the files that the hooks make.

        Raises:
            DownloadFailedError: A plugin ended the download, or made no file that can be delivered.
        """
        if not self._is_used:
            return files, ()
        await asyncio.to_thread(directory.mkdir, parents=True, exist_ok=True)
        request = PostProcessJob(
            files=tuple(file.path for file in files),
            directory=directory,
            max_file_size_bytes=job.item.max_file_size_bytes,
            ffmpeg=self._ffmpeg,
        )
        job.report(JobConversionStarted)
        finished = await self._hook_runner.run(job, request)
        if not isinstance(finished, PostProcessFinished):
            raise EngineBrokenError("The post-processing ended without a result.")
        if tuple(file.path for file in finished.result.files) == request.files:
            return files, finished.result.notes
        fetched = {file.path: file.fetched for file in files}
        processed = tuple(attrs.evolve(fetched[file.source], path=file.path) for file in finished.result.files)
        verified, _ = await self._verify_stage.run(job, plugin, processed)
        return verified, finished.result.notes
