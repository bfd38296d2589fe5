"""Publishes an event for each file that is refused as dangerous or forbidden, so that the operator is alerted."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from boss_bot_core.domain.events import SuspiciousFileFound
from boss_bot_core.errors import DownloadFailedError, SuspiciousFileError
from boss_bot_core.pipeline.running_job import RunningJob


def report_suspicious_file(job: RunningJob, error: DownloadFailedError) -> None:
    """Publish an event if `error` refuses a file as dangerous or forbidden."""
    if isinstance(error, SuspiciousFileError):
        job.report(partial(SuspiciousFileFound, reason=error.message))


@contextmanager
def report_suspicion(job: RunningJob) -> Iterator[None]:
    """Publish an event if the block refuses a file as dangerous or forbidden; the error is raised on."""
    try:
        yield
    except SuspiciousFileError as error:
        report_suspicious_file(job, error)
        raise
