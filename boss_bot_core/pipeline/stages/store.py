"""The store stage: moves verified files from the temporary folder to storage, and keeps the download's record."""

import asyncio
from datetime import datetime

import attrs
from loguru import logger

from boss_bot_core.delivery import Receipt
from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.media import DownloadedFile, SkippedFile
from boss_bot_core.errors import BossBotError
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.pipeline.size_refusal import build_refusal_entry, is_refused, may_search_smaller
from boss_bot_core.pipeline.stages.download import DownloadOutput
from boss_bot_core.pipeline.stages.suspicion import report_suspicion
from boss_bot_core.storage import DownloadRecord, HistoryEntry, Storage, VerifiedDownload, VerifiedFile
from boss_bot_core.storage.blocked_hashes import BlockedHashes, check_contents, check_hashes
from boss_bot_core.storage.model import DOWNLOADED


class StoreStage:
    """Finds the stored files of a job, stores new files, and records later steps in the download's history."""

    def __init__(self, storage: Storage, blocked_hashes: BlockedHashes = frozenset()) -> None:
        self._storage = storage
        self._blocked_hashes = blocked_hashes

    async def find(self, job: RunningJob) -> DownloadRecord | None:
        """Return the record of an earlier attempt if all its files still exist, or None.

        Raises:
            SuspiciousFileError: The operator has forbidden one of its files since.
        """
        record = await self._storage.read(job.item)
        if record is None or not record.files or not all(file.file_path.is_file() for file in record.files):
            return None
        with report_suspicion(job):
            check_hashes((file.checksum for file in record.files), self._blocked_hashes)
        return record

    async def run(
        self,
        job: RunningJob,
        fetched: DownloadOutput,
        verified_at: datetime,
        files: tuple[VerifiedFile, ...],
        skipped: tuple[SkippedFile, ...],
        notes: tuple[str, ...],
        replaced: DownloadRecord | None = None,
    ) -> tuple[DownloadedFile, ...]:
        """Store all files at once, or none.

        Args:
            job: The running job.
            fetched: The output of the download stage.
            verified_at: The time at which the files were verified.
            files: The verified files, in source order.
            skipped: The files of the post that are missing.
            notes: The notes of the post-process stage.
            replaced: The record that this one replaces; its history is kept.

        Raises:
            DiskFullError: The disk is full.
            FileRejectedError: A file is not a regular file of this download, or the operator forbids its content.
        """
        attempt = f"attempt {job.item.attempt_count} of {job.item.max_attempts}"
        steps = (
            HistoryEntry(at=fetched.downloaded_at, action=DOWNLOADED, detail=f"by {fetched.plugin}, {attempt}"),
            HistoryEntry(at=verified_at, action="verified"),
            *(HistoryEntry(at=utc_now(), action="processed", detail=note) for note in notes),
        )
        download = VerifiedDownload(
            item=attrs.evolve(job.item, plugin=fetched.plugin),
            files=files,
            media=fetched.result.media,
            skipped=skipped,
            history=(*(replaced.history if replaced else ()), *steps),
            blocked_hashes=self._blocked_hashes,
        )
        # A file that a plugin has converted is stored under the checksum of its new content.
        converted = {file.path for file in fetched.result.files} - {file.path for file in files}
        with report_suspicion(job):
            await asyncio.to_thread(check_contents, converted, self._blocked_hashes)
            return await self._storage.store(download)

    async def record_refusal(self, job: RunningJob, limit_bytes: int) -> bool:
        """Record that the destination refused all files; return whether smaller files may be searched for."""
        record = await self._storage.read(job.item)
        if record is None or not may_search_smaller(record):
            return False
        return is_refused(record) or await self._add_history(job, build_refusal_entry(utc_now(), limit_bytes))

    async def record_nothing_smaller(self, job: RunningJob) -> None:
        """Record that the search for smaller files found none."""
        await self._add_history(job, HistoryEntry(at=utc_now(), action="kept", detail="nothing smaller is there"))

    async def record_delivery(self, job: RunningJob, receipts: tuple[Receipt, ...]) -> None:
        """Record the delivery of the files."""
        left_out = sum(receipt.left_out is not None for receipt in receipts)
        detail = f"{len(receipts) - left_out} files" + (f", {left_out} left out" if left_out else "")
        await self._add_history(job, HistoryEntry(at=utc_now(), action="delivered", detail=detail))

    async def _add_history(self, job: RunningJob, entry: HistoryEntry) -> bool:
        # A failed write, for example on a full disk, must not undo the step that has happened.
        try:
            await self._storage.add_history(job.item, entry)
        except (BossBotError, OSError) as error:
            logger.bind(action="noted").warning("{!r} could not be added to the history: {}", entry.action, error)
            return False
        return True
