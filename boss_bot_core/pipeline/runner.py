"""The contract between the dispatcher and a runner, and the results of a run.

The dispatcher depends on this contract only. `LocalRunner` runs the stages on this machine; a runner for several
machines would send the claimed job to one of them.
"""

from collections.abc import Collection
from typing import Protocol

import attrs

from boss_bot_core.delivery import Receipt
from boss_bot_core.domain.media import DownloadedFile, SkippedFile
from boss_bot_core.pipeline.running_job import RunningJob


@attrs.frozen(kw_only=True)
class CompletedRun:
    """The result of a run that delivered files.

    Attributes:
        files: The stored files, in source order.
        receipts: The delivery receipt of each file.
        missing: The files of the post that could not be fetched, with the reasons.
    """

    files: tuple[DownloadedFile, ...]
    receipts: tuple[Receipt, ...]
    missing: tuple[SkippedFile, ...] = ()

    @property
    def delivered(self) -> tuple[DownloadedFile, ...]:
        """The files that were delivered."""
        left_out = {receipt.position for receipt in self.receipts if receipt.left_out is not None}
        return tuple(file for file in self.files if file.position not in left_out)

    @property
    def skipped(self) -> tuple[SkippedFile, ...]:
        """The files that are missing or were left out of the delivery, with the reasons."""
        names = {file.position: file.filename for file in self.files}
        left_out = (
            SkippedFile(name=names[receipt.position], reason=receipt.left_out)
            for receipt in self.receipts
            if receipt.left_out is not None
        )
        return (*self.missing, *left_out)

    @property
    def references(self) -> tuple[str, ...]:
        """The references of the delivered files, without duplicates."""
        return tuple(dict.fromkeys(receipt.reference for receipt in self.receipts if receipt.left_out is None))


@attrs.frozen(kw_only=True)
class OversizedRun:
    """The result of a run whose files are all too large for the destination; smaller files may be fetched.

    Attributes:
        limit_bytes: Largest file that the destination accepts.
    """

    limit_bytes: int


class Runner(Protocol):
    """Runs claimed jobs.

    Obligations: every write goes through the job. The run enters "downloading" only when it downloads; the claim has
    written this status, and only the run publishes it. A cancelled run leaves no process, and keeps the files from
    which a later run can continue. A job that ran before continues from those files.
    """

    @property
    def destinations(self) -> Collection[str]:
        """The kinds of destinations that the runner delivers to; jobs for other kinds are not claimed."""
        ...

    async def run(self, job: RunningJob) -> CompletedRun | OversizedRun:
        """Run the job to its end. A job is reported as oversized at most once.

        Raises:
            DownloadFailedError: The job failed.
            StaleClaimError: The claim has ended.
        """
        ...
