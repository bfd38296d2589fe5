"""The store stage: moves verified files from the temporary folder to storage, and keeps the download's record."""

from datetime import datetime

import attrs
from loguru import logger

from boss_bot_core.delivery import Receipt
from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.media import DownloadedFile
from boss_bot_core.errors import BossBotError
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.pipeline.size_refusal import (
    build_question_entry,
    build_refusal_entry,
    is_refused,
    may_search_smaller,
)
from boss_bot_core.pipeline.stages.conversion_output import Processed
from boss_bot_core.pipeline.stages.download import DownloadOutput
from boss_bot_core.pipeline.stages.suspicion import NOTHING_FORBIDDEN, ForbiddenContent
from boss_bot_core.storage import DownloadRecord, HistoryEntry, Storage, VerifiedDownload
from boss_bot_core.storage.model import DOWNLOADED


class StoreStage:
    """Finds the stored files of a job, stores new files, and records later steps in the download's history."""

    def __init__(self, storage: Storage, forbidden: ForbiddenContent = NOTHING_FORBIDDEN) -> None:
        self._storage, self._forbidden = storage, forbidden

    async def find(self, job: RunningJob) -> DownloadRecord | None:
        """Return the record of an earlier attempt if all its files exist, or None; raises for a forbidden file."""
        record = await self._storage.read(job.item)
        if record is None or not record.files or not all(file.file_path.is_file() for file in record.files):
            return None
        return self._forbidden.check_record(job, record)

    async def run(
        self,
        job: RunningJob,
        fetched: DownloadOutput,
        verified_at: datetime,
        processed: Processed,
        replaced: DownloadRecord | None = None,
    ) -> tuple[DownloadedFile, ...]:
        """Store all files at once, or none.

        Args:
            job: The running job.
            fetched: The output of the download stage.
            verified_at: The time at which the files were verified.
            processed: The files in source order, all files of the post that are missing, and the changes.
            replaced: The record that this one replaces; its history is kept.

        Raises:
            DiskFullError: The disk is full.
            FileRejectedError: A file is not a regular file of this download, or the operator forbids its content.
        """
        attempt = f"attempt {job.item.attempt_count} of {job.item.max_attempts}"
        steps = (
            HistoryEntry(at=fetched.downloaded_at, action=DOWNLOADED, detail=f"by {fetched.plugin}, {attempt}"),
            HistoryEntry(at=verified_at, action="verified"),
            *_list_changes(processed),
        )
        download = VerifiedDownload(
            item=attrs.evolve(job.item, plugin=fetched.plugin),
            files=processed.files,
            media=fetched.result.media,
            skipped=processed.skipped,
            history=(*(replaced.history if replaced else ()), *steps),
        )
        return await self._forbidden.store(job, self._storage, download, fetched.result.files)

    async def replace(
        self, job: RunningJob, record: DownloadRecord, processed: Processed
    ) -> tuple[DownloadedFile, ...]:
        """Store the converted files of `record` in its place; raises like `run`."""
        download = VerifiedDownload(
            item=attrs.evolve(job.item, plugin=record.plugin),
            files=processed.files,
            media=record.media,
            skipped=(*record.skipped, *processed.skipped),
            history=(*record.history, *_list_changes(processed)),
        )
        return await self._forbidden.store(job, self._storage, download)

    async def record_question(self, job: RunningJob, question: str) -> None:
        """Record that the requester has to decide what becomes of the files."""
        await self._add_history(job, build_question_entry(utc_now(), question))

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


def _list_changes(processed: Processed) -> tuple[HistoryEntry, ...]:
    return tuple(HistoryEntry(at=utc_now(), action="processed", detail=note) for note in processed.notes)
