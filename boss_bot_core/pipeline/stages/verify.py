"""The verify stage: the inspecting plugins check the content of every fetched file before it is stored or delivered.

A rejected file that was put together from several responses may be no one's file: `FetchStage` fetches it once more.
"""

import asyncio
from collections.abc import Mapping
from pathlib import Path

from loguru import logger

from boss_bot_core.domain.media import SkippedFile
from boss_bot_core.domain.sizes import format_size
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.errors import (
    DownloadFailedError,
    ErrorReport,
    FileRejectedError,
    FileTooLargeError,
)
from boss_bot_core.pipeline.file_limits import FileLimits
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.pipeline.stages.download import DownloadOutput, DownloadStage
from boss_bot_core.pipeline.stages.inspection import InspectionRunner
from boss_bot_core.pipeline.stages.suspicion import report_suspicious_file
from boss_bot_core.plugin import FetchedFile, FileFacts, FileToInspect, Platform
from boss_bot_core.storage import Storage, VerifiedFile

Verified = tuple[tuple[VerifiedFile, ...], tuple[SkippedFile, ...]]
"""The verified files, and the rejected files with the reasons."""


class VerifyStage:
    """Runs the inspection hooks over all files of a job, in a worker without network."""

    def __init__(
        self, inspection_runner: InspectionRunner, limits: FileLimits, platforms: Mapping[str, Platform]
    ) -> None:
        self._inspection_runner = inspection_runner
        self._limits = limits
        self._extra_types = {name: platform.extra_types for name, platform in platforms.items()}

    async def run(
        self, job: RunningJob, plugin: str, files: tuple[FetchedFile, ...], *, must_be_whole: bool = False
    ) -> Verified:
        """Return the verified files, and the rejected files with the reasons.

        Args:
            job: The running job.
            plugin: The plugin that fetched the files, whose platform may declare further types.
            files: The files to verify.
            must_be_whole: Whether one file with a wrong content rejects all files.

        Raises:
            DownloadFailedError: All files are rejected; the error of the first one.
        """
        extra = self._extra_types.get(plugin, ())
        inspected = (
            FileToInspect[None](path=file.path, kind=file.kind, size_bytes=file.path.stat().st_size, extra_types=extra)
            for file in files
        )
        outcomes = await self._inspection_runner.run(job, tuple(inspected))
        verified: list[VerifiedFile] = []
        rejected: list[tuple[FetchedFile, DownloadFailedError]] = []
        for file, outcome in zip(files, outcomes, strict=True):
            error = _find_rejection(file.path, outcome, self._limits.fetched(job.item))
            if error is not None:
                report_suspicious_file(job, error)
                rejected.append((file, error))
            elif isinstance(outcome, FileFacts):
                verified.append(VerifiedFile(fetched=file, facts=outcome))
        if must_be_whole and (wrong := [error for _, error in rejected if isinstance(error, FileRejectedError)]):
            raise wrong[0]
        if not verified:
            raise rejected[0][1]
        skipped = tuple(SkippedFile(name=file.name or file.path.name, reason=error.message) for file, error in rejected)
        return tuple(verified), skipped


def _find_rejection(path: Path, outcome: FileFacts | ErrorReport, limit_bytes: int) -> DownloadFailedError | None:
    if isinstance(outcome, ErrorReport):
        return outcome.to_error()
    if (size_bytes := path.stat().st_size) > limit_bytes:
        return FileTooLargeError(f"The file has {format_size(size_bytes)}, {format_size(limit_bytes)} are allowed.")
    return None


class FetchStage:
    """Downloads the files of a job and verifies them."""

    def __init__(self, storage: Storage, download_stage: DownloadStage, verify_stage: VerifyStage) -> None:
        self._storage = storage
        self._download_stage = download_stage
        self._verify_stage = verify_stage

    async def run(self, job: RunningJob, folder: Path) -> tuple[DownloadOutput, Verified]:
        """Fetch into `folder`, the job's temporary one, which may have files of an earlier attempt.

        Raises:
            DownloadFailedError: All candidates failed, or all files are rejected.
        """
        is_resumed = await asyncio.to_thread(lambda: any(path.is_file() for path in folder.rglob("*")))
        output = await self._download(job, folder)
        is_resumed = is_resumed or any(file.is_resumed for file in output.result.files)
        try:
            files = output.result.files
            return output, await self._verify_stage.run(job, output.plugin, files, must_be_whole=is_resumed)
        except FileRejectedError as error:
            if not is_resumed:
                raise
            logger.bind(action="fetched_again").info("A resumed file was rejected: {}", error.message)
        await self._storage.discard_temp(job.item.id)
        output = await self._download(job, await self._storage.open_temp(job.item))
        return output, await self._verify_stage.run(job, output.plugin, output.result.files)

    async def _download(self, job: RunningJob, folder: Path) -> DownloadOutput:
        await job.advance(DownloadStatus.DOWNLOADING)
        output = await self._download_stage.run(job, folder)
        await job.advance(DownloadStatus.PROCESSING)
        return output
