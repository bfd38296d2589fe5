"""The fetch stage: a download and the verification of its files.

A rejected file that was put together from several responses may be no one's file: it is fetched once more.
"""

import asyncio
from pathlib import Path

from loguru import logger

from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.errors import FileRejectedError
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.pipeline.stages.download import DownloadOutput, DownloadStage
from boss_bot_core.pipeline.stages.job_builder import PROCESSED, ConversionSetup
from boss_bot_core.pipeline.stages.verify import Verified, VerifyStage
from boss_bot_core.storage import Storage


class FetchStage:
    """Downloads the files of a job and verifies them; `setup` is None when no plugin post-processes files."""

    def __init__(
        self,
        storage: Storage,
        download_stage: DownloadStage,
        verify_stage: VerifyStage,
        setup: ConversionSetup | None = None,
    ) -> None:
        self._storage = storage
        self._download_stage = download_stage
        self._verify_stage = verify_stage
        self._setup = setup

    async def run(self, job: RunningJob, folder: Path) -> tuple[DownloadOutput, Verified]:
        """Fetch into `folder`, the job's temporary one, which may have files of an earlier attempt.

        Raises:
            DownloadFailedError: All candidates failed, or all files are rejected.
        """
        is_resumed = await asyncio.to_thread(lambda: any(path.is_file() for path in folder.rglob("*")))
        output = await self._download(job, folder)
        is_resumed = is_resumed or any(file.is_resumed for file in output.result.files)
        try:
            return output, await self._verify(job, output, folder, must_be_whole=is_resumed)
        except FileRejectedError as error:
            if not is_resumed:
                raise
            logger.bind(action="fetched_again").info("A resumed file was rejected: {}", error.message)
        await self._storage.discard_temp(job.item.id)
        output = await self._download(job, await self._storage.open_temp(job.item))
        return output, await self._verify(job, output, folder)

    async def _verify(
        self, job: RunningJob, output: DownloadOutput, folder: Path, *, must_be_whole: bool = False
    ) -> Verified:
        result, conversion = output.result, None
        if self._setup is not None:
            paths = (file.path for file in result.files)
            conversion = self._setup.build_job(job.item, paths, folder / PROCESSED, result.media)
        return await self._verify_stage.run(
            job, output.plugin, result.files, must_be_whole=must_be_whole, conversion=conversion
        )

    async def _download(self, job: RunningJob, folder: Path) -> DownloadOutput:
        await job.advance(DownloadStatus.DOWNLOADING)
        output = await self._download_stage.run(job, folder)
        await job.advance(DownloadStatus.PROCESSING)
        return output
