"""Refuses forbidden content, and publishes an event for each file that is refused as dangerous or forbidden.

The event is what the operator is alerted by.
"""

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial

import attrs

from boss_bot_core.domain.events import SuspiciousFileFound
from boss_bot_core.domain.media import DownloadedFile
from boss_bot_core.errors import DownloadFailedError, SuspiciousFileError
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.plugin import FetchedFile
from boss_bot_core.storage import DownloadRecord, Storage, VerifiedDownload
from boss_bot_core.storage.blocked_hashes import BlockedHashes, check_contents, check_hashes


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


@attrs.frozen
class ForbiddenContent:
    """The content that the operator forbids.

    Attributes:
        hashes: SHA-256 of the forbidden files.
    """

    hashes: BlockedHashes = frozenset()

    def check_record(self, job: RunningJob, record: DownloadRecord) -> DownloadRecord:
        """Return the record, or raise a SuspiciousFileError if the operator has forbidden one of its files since."""
        with report_suspicion(job):
            check_hashes((file.checksum for file in record.files), self.hashes)
        return record

    async def store(
        self, job: RunningJob, storage: Storage, download: VerifiedDownload, fetched: Iterable[FetchedFile] = ()
    ) -> tuple[DownloadedFile, ...]:
        """Store a download, or raise a SuspiciousFileError; raises like `Storage.store`.

        Args:
            job: The running job.
            storage: The storage.
            download: The download.
            fetched: The fetched files; those that a plugin has converted are stored under another checksum.
        """
        originals = {file.path for file in fetched} - {file.path for file in download.files}
        with report_suspicion(job):
            await asyncio.to_thread(check_contents, originals, self.hashes)
            return await storage.store(attrs.evolve(download, blocked_hashes=self.hashes))


NOTHING_FORBIDDEN = ForbiddenContent()
