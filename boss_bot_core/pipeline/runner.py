"""Where a job runs: the seam between deciding and doing.

The dispatcher knows nothing but this contract. On one machine `LocalRunner` runs the stages in this process and its
workers; with many machines another implementation hands the claimed job to one of them.
"""

from collections.abc import Collection
from typing import Protocol

import attrs

from boss_bot_core.delivery import Receipt
from boss_bot_core.domain.media import DownloadedFile, SkippedFile
from boss_bot_core.pipeline.running_job import RunningJob


@attrs.frozen(kw_only=True)
class Finished:
    """A job that reached its end.

    Attributes:
        files: What is kept, in source order.
        receipts: Where each of them went, or why it stays.
        missing: What of the post could not be had, and why.
    """

    files: tuple[DownloadedFile, ...]
    receipts: tuple[Receipt, ...]
    missing: tuple[SkippedFile, ...] = ()

    @property
    def delivered(self) -> tuple[DownloadedFile, ...]:
        """The files that went to the destination."""
        left_out = {receipt.position for receipt in self.receipts if receipt.left_out is not None}
        return tuple(file for file in self.files if file.position not in left_out)

    @property
    def skipped(self) -> tuple[SkippedFile, ...]:
        """What is missing or was left out, and why."""
        names = {file.position: file.filename for file in self.files}
        left_out = (
            SkippedFile(name=names[receipt.position], reason=receipt.left_out)
            for receipt in self.receipts
            if receipt.left_out is not None
        )
        return (*self.missing, *left_out)

    @property
    def references(self) -> tuple[str, ...]:
        """Where the delivered files are, each place once."""
        return tuple(dict.fromkeys(receipt.reference for receipt in self.receipts if receipt.left_out is None))


@attrs.frozen(kw_only=True)
class Oversized:
    """A job whose files its place does not take, and that may fetch them once more.

    Attributes:
        limit_bytes: Largest file that the place takes.
    """

    limit_bytes: int


class Runner(Protocol):
    """Runs claimed jobs.

    Obligations: every write goes through the job; a cancelled task leaves no process and keeps what can be continued;
    a job that ran before continues where it was.
    """

    @property
    def destinations(self) -> Collection[str]:
        """Kinds of destinations that it delivers to: no other job is claimed for it."""
        ...

    async def run(self, job: RunningJob) -> Finished | Oversized:
        """Bring the job to its end, or to where it has to begin again with a lower limit; that at most once.

        Raises:
            DownloadFailedError: It ended without its files.
            StaleClaimError: Somebody else owns the item now.
        """
        ...
