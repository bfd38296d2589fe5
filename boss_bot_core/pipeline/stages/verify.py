"""Stage two: look at what arrived, by content, before anybody trusts it."""

from pathlib import Path

import attrs

from boss_bot_core.domain.media import SkippedFile
from boss_bot_core.domain.sizes import format_size
from boss_bot_core.errors import DownloadFailedError, EngineBrokenError, ErrorReport, FileTooLargeError
from boss_bot_core.pipeline.hook_runner import HookRunner
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.plugin import FetchedFile, FileFacts, FileToInspect
from boss_bot_core.worker import InspectFinished, InspectJob


@attrs.frozen(kw_only=True)
class Verified:
    """A file that may be delivered.

    Attributes:
        file: What the plugin said of it.
        facts: What its content says.
    """

    file: FetchedFile
    facts: FileFacts


class VerifyStage:
    """Lets the inspecting plugins look at every file, in a worker without network."""

    def __init__(self, hook_runner: HookRunner, max_file_size_bytes: int) -> None:
        self._hook_runner = hook_runner
        self._max_file_size_bytes = max_file_size_bytes

    async def run(
        self, job: RunningJob, files: tuple[FetchedFile, ...]
    ) -> tuple[tuple[Verified, ...], tuple[SkippedFile, ...]]:
        """Return the files that may be delivered, and those that may not with the reason.

        Raises:
            DownloadFailedError: None may be delivered; the first one's reason.
        """
        work = InspectJob(
            files=tuple(
                FileToInspect(path=file.path, kind=file.kind, size_bytes=file.path.stat().st_size) for file in files
            )
        )
        word = await self._hook_runner.run(job, work)
        if not isinstance(word, InspectFinished):
            raise EngineBrokenError("The inspection ended without a result.")
        good: list[Verified] = []
        bad: list[tuple[FetchedFile, DownloadFailedError]] = []
        for file, outcome in zip(files, word.outcomes, strict=True):
            error = _refusal(file.path, outcome, job.item.useful_file_bytes(self._max_file_size_bytes))
            if error is not None:
                bad.append((file, error))
            elif isinstance(outcome, FileFacts):
                good.append(Verified(file=file, facts=outcome))
        if not good:
            raise bad[0][1]
        skipped = tuple(SkippedFile(name=file.name or file.path.name, reason=error.message) for file, error in bad)
        return tuple(good), skipped


def _refusal(path: Path, outcome: FileFacts | ErrorReport, limit_bytes: int) -> DownloadFailedError | None:
    if isinstance(outcome, ErrorReport):
        return outcome.to_error()
    size_bytes = path.stat().st_size
    if size_bytes > limit_bytes:
        size, allowed = format_size(size_bytes), format_size(limit_bytes)
        return FileTooLargeError(f"The file has {size}, {allowed} are allowed.")
    return None
