"""The verify stage: the inspecting plugins check the content of every fetched file before it is stored or delivered."""

from collections.abc import Mapping
from pathlib import Path

import attrs

from boss_bot_core.domain.media import SkippedFile
from boss_bot_core.domain.sizes import format_size
from boss_bot_core.errors import (
    DownloadFailedError,
    ErrorReport,
    FileRejectedError,
    FileTooLargeError,
)
from boss_bot_core.pipeline.file_limits import FileLimits
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.pipeline.stages.inspection import InspectionRunner
from boss_bot_core.pipeline.stages.suspicion import report_suspicious_file
from boss_bot_core.plugin import FetchedFile, FileFacts, FileToInspect, Platform
from boss_bot_core.plugin.post_process_plan import PostProcessPlan
from boss_bot_core.storage import VerifiedFile
from boss_bot_core.worker import PostProcessJob


@attrs.frozen
class Verified:
    """The output of the stage.

    Attributes:
        files: The verified files.
        skipped: The rejected files with the reasons.
        plan: What becomes of the verified files; None when they have to be post-processed.
    """

    files: tuple[VerifiedFile, ...] = ()
    skipped: tuple[SkippedFile, ...] = ()
    plan: PostProcessPlan | None = None


class VerifyStage:
    """Runs the inspection hooks over all files of a job, in a worker without network."""

    def __init__(
        self, inspection_runner: InspectionRunner, limits: FileLimits, platforms: Mapping[str, Platform]
    ) -> None:
        self._inspection_runner = inspection_runner
        self._limits = limits
        self._extra_types = {name: platform.extra_types for name, platform in platforms.items()}

    @property
    def has_services(self) -> bool:
        """Whether a plugin inspects files with a service, such as a virus scanner."""
        return self._inspection_runner.has_services

    async def run(
        self,
        job: RunningJob,
        plugin: str,
        files: tuple[FetchedFile, ...],
        *,
        must_be_whole: bool = False,
        conversion: PostProcessJob | None = None,
    ) -> Verified:
        """Return the verified files, and the rejected files with the reasons.

        Args:
            job: The running job.
            plugin: The plugin that fetched the files, whose platform may declare further types.
            files: The files to verify.
            must_be_whole: Whether one file with a wrong content rejects all files.
            conversion: What would be done with the files, if plugins are to plan it.

        Raises:
            DownloadFailedError: All files are rejected; the error of the first one.
        """
        extra = self._extra_types.get(plugin, ())
        inspected = (
            FileToInspect[None](path=file.path, kind=file.kind, size_bytes=file.path.stat().st_size, extra_types=extra)
            for file in files
        )
        inspection = await self._inspection_runner.run(job, tuple(inspected), conversion)
        ranges = inspection.plan.kept if inspection.plan is not None else (None,) * len(files)
        verified: list[VerifiedFile] = []
        kept = []
        rejected: list[tuple[FetchedFile, DownloadFailedError]] = []
        for file, outcome, parts in zip(files, inspection.outcomes, ranges, strict=True):
            error = _find_rejection(file.path, outcome, self._limits.fetched(job.item))
            if error is not None:
                report_suspicious_file(job, error)
                rejected.append((file, error))
            elif isinstance(outcome, FileFacts):
                verified.append(VerifiedFile(fetched=file, facts=outcome))
                kept.append(parts)
        if must_be_whole and (wrong := [error for _, error in rejected if isinstance(error, FileRejectedError)]):
            raise wrong[0]
        if not verified:
            raise rejected[0][1]
        skipped = tuple(SkippedFile(name=file.name or file.path.name, reason=error.message) for file, error in rejected)
        plan = None if inspection.plan is None else attrs.evolve(inspection.plan, kept=tuple(kept))
        return Verified(tuple(verified), skipped, plan)


def _find_rejection(path: Path, outcome: FileFacts | ErrorReport, limit_bytes: int) -> DownloadFailedError | None:
    if isinstance(outcome, ErrorReport):
        return outcome.to_error()
    if (size_bytes := path.stat().st_size) > limit_bytes:
        return FileTooLargeError(f"The file has {format_size(size_bytes)}, {format_size(limit_bytes)} are allowed.")
    return None
