"""Stage three: let the post-processing plugins make files fit and play. Without such a plugin, nothing is run."""

import asyncio
from pathlib import Path

import attrs

from boss_bot_core.errors import EngineBrokenError
from boss_bot_core.pipeline.hook_runner import HookRunner
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.pipeline.stages.verify import Verified, VerifyStage
from boss_bot_core.plugin import PostProcessRequest
from boss_bot_core.worker import PostProcessFinished, PostProcessJob


class PostProcessStage:
    """Runs the post-processing hooks in a worker without network, and verifies what they made."""

    def __init__(
        self, hook_runner: HookRunner, verify_stage: VerifyStage, ffmpeg: Path | None, *, is_used: bool
    ) -> None:
        self._hook_runner = hook_runner
        self._verify_stage = verify_stage
        self._ffmpeg = ffmpeg
        self._is_used = is_used

    async def run(
        self, job: RunningJob, files: tuple[Verified, ...], directory: Path
    ) -> tuple[tuple[Verified, ...], tuple[str, ...]]:
        """Return the files to deliver, and what was done to them.

        Args:
            job: The job.
            files: Verified files.
            directory: Folder for what is made.

        Raises:
            DownloadFailedError: A plugin ended the download, or made nothing that can be delivered.
        """
        if not self._is_used:
            return files, ()
        await asyncio.to_thread(directory.mkdir, parents=True, exist_ok=True)
        request = PostProcessRequest(
            files=tuple(each.file.path for each in files),
            directory=directory,
            max_file_size_bytes=job.item.max_file_size_bytes,
            ffmpeg=self._ffmpeg,
        )
        word = await self._hook_runner.run(job, PostProcessJob(request=request))
        if not isinstance(word, PostProcessFinished):
            raise EngineBrokenError("The post-processing ended without a result.")
        if tuple(file.path for file in word.result.files) == request.files:
            return files, word.result.notes
        known = {each.file.path: each.file for each in files}
        made = tuple(
            attrs.evolve(known[file.source], path=file.path, kind=known[file.source].kind) for file in word.result.files
        )
        verified, _ = await self._verify_stage.run(job, made)
        return verified, word.result.notes
