"""Where a job runs: the seam between deciding and doing.

The dispatcher knows nothing but this contract. On one machine `LocalRunner` runs the stages in this process and its
workers; with many machines another implementation hands the claimed job to one of them.
"""

from typing import Protocol

import attrs

from boss_bot_core.domain.files import DownloadedFile, SkippedFile
from boss_bot_core.pipeline.job import Job


@attrs.frozen(kw_only=True)
class Finished:
    """A job that reached its end.

    Attributes:
        files: What was delivered, in source order.
        skipped: What is missing, and why.
    """

    files: tuple[DownloadedFile, ...]
    skipped: tuple[SkippedFile, ...] = ()


class Runner(Protocol):
    """Runs claimed jobs.

    Obligations: every write goes through the job; a cancelled task leaves no process and keeps what can be continued;
    a job that ran before continues where it was.
    """

    async def run(self, job: Job) -> Finished:
        """Bring the job to its end.

        Raises:
            DownloadFailedError: It ended without its files.
            StaleClaimError: Somebody else owns the item now.
        """
        ...
