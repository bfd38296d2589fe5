"""The verify stage: the inspecting plugins check the content of every fetched file before it is stored or delivered."""

from pathlib import Path

from boss_bot_core.domain.media import SkippedFile
from boss_bot_core.domain.sizes import format_size
from boss_bot_core.errors import DownloadFailedError, EngineBrokenError, ErrorReport, FileTooLargeError
from boss_bot_core.pipeline.hook_runner import HookRunner
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.plugin import FetchedFile, FileFacts, FileToInspect
from boss_bot_core.storage import VerifiedFile
from boss_bot_core.worker import InspectFinished, InspectJob


class VerifyStage:
    """Runs the inspection hooks over all files of a job, in a worker without network."""

    def __init__(self, hook_runner: HookRunner, max_file_size_bytes: int) -> None:
        self._hook_runner = hook_runner
        self._max_file_size_bytes = max_file_size_bytes

    async def run(
        self, job: RunningJob, files: tuple[FetchedFile, ...]
    ) -> tuple[tuple[VerifiedFile, ...], tuple[SkippedFile, ...]]:
        """Return the verified files, and the rejected files with the reasons.

        Raises:
            DownloadFailedError: All files are rejected; the error of the first one.
        """
        inspect_job = InspectJob(
            files=tuple(
                FileToInspect(path=file.path, kind=file.kind, size_bytes=file.path.stat().st_size) for file in files
            )
        )
        result = await self._hook_runner.run(job, inspect_job)
        if not isinstance(result, InspectFinished):
            raise EngineBrokenError("The inspection ended without a result.")
        verified: list[VerifiedFile] = []
        rejected: list[tuple[FetchedFile, DownloadFailedError]] = []
        for file, outcome in zip(files, result.outcomes, strict=True):
            error = _find_rejection(file.path, outcome, job.item.useful_file_bytes(self._max_file_size_bytes))
            if error is not None:
                rejected.append((file, error))
            elif isinstance(outcome, FileFacts):
                verified.append(VerifiedFile(fetched=file, facts=outcome))
        if not verified:
            raise rejected[0][1]
        skipped = tuple(SkippedFile(name=file.name or file.path.name, reason=error.message) for file, error in rejected)
        return tuple(verified), skipped


def _find_rejection(path: Path, outcome: FileFacts | ErrorReport, limit_bytes: int) -> DownloadFailedError | None:
    if isinstance(outcome, ErrorReport):
        return outcome.to_error()
    size_bytes = path.stat().st_size
    if size_bytes > limit_bytes:
        size, allowed = format_size(size_bytes), format_size(limit_bytes)
        return FileTooLargeError(f"The file has {size}, {allowed} are allowed.")
    return None
