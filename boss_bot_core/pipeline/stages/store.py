"""Stage four: from the temporary folder into organised storage, with the record of what was done."""

import attrs
from loguru import logger

from boss_bot_core.delivery import Receipt
from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.media import DownloadedFile, SkippedFile
from boss_bot_core.errors import BossBotError
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.pipeline.size_refusal import is_refused, may_shrink, refusal
from boss_bot_core.pipeline.stages.download import DownloadOutput
from boss_bot_core.pipeline.stages.verify import Verified
from boss_bot_core.storage import DownloadRecord, FinishedDownload, HistoryEntry, Storage, VerifiedFile

FALLBACK_TYPE = "application/octet-stream"


class StoreStage:
    """Knows what of a job is already kept, and keeps the rest."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def find(self, job: RunningJob) -> DownloadRecord | None:
        """Return what an earlier attempt organised, with every file still there, or None."""
        record = await self._storage.read(job.item)
        if record is None or not record.files or not all(file.file_path.is_file() for file in record.files):
            return None
        return record

    async def note_refusal(self, job: RunningJob, limit_bytes: int) -> bool:
        """Add to the history that the place took nothing; return whether smaller files may be looked for."""
        record = await self._storage.read(job.item)
        if record is None or not may_shrink(record):
            return False
        return is_refused(record) or await self._note(job, refusal(utc_now(), limit_bytes))

    async def note_nothing_smaller(self, job: RunningJob) -> None:
        """Add to the history that smaller files were looked for, and are not to be had."""
        await self._note(job, HistoryEntry(at=utc_now(), action="kept", detail="nothing smaller is there"))

    async def note_delivery(self, job: RunningJob, receipts: tuple[Receipt, ...]) -> None:
        """Add the delivery to the download's history."""
        left_out = sum(receipt.left_out is not None for receipt in receipts)
        detail = f"{len(receipts) - left_out} files" + (f", {left_out} left out" if left_out else "")
        await self._note(job, HistoryEntry(at=utc_now(), action="delivered", detail=detail))

    async def _note(self, job: RunningJob, entry: HistoryEntry) -> bool:
        # A disk that is full by now undoes nothing of what has happened.
        try:
            await self._storage.add_history(job.item, entry)
        except (BossBotError, OSError) as error:
            logger.bind(action="noted").warning("{!r} could not be added to the history: {}", entry.action, error)
            return False
        return True

    async def run(
        self,
        job: RunningJob,
        fetched: DownloadOutput,
        files: tuple[Verified, ...],
        skipped: tuple[SkippedFile, ...],
        notes: tuple[str, ...],
        earlier: tuple[HistoryEntry, ...] = (),
    ) -> tuple[DownloadedFile, ...]:
        """Put the files where they are kept, all at once or not at all.

        Raises:
            DiskFullError: There is no room.
            FileRejectedError: A file is not a regular one of this download.
        """
        now = utc_now()
        done = (("downloaded", f"by {fetched.plugin}"), ("verified", None), *(("processed", note) for note in notes))
        finished = FinishedDownload(
            item=attrs.evolve(job.item, plugin=fetched.plugin),
            files=tuple(_verified_file(each) for each in files),
            media=fetched.result.media,
            skipped=skipped,
            history=(*earlier, *(HistoryEntry(at=now, action=action, detail=detail) for action, detail in done)),
        )
        return await self._storage.organise(finished)


def _verified_file(verified: Verified) -> VerifiedFile:
    file, facts = verified.file, verified.facts
    return VerifiedFile(
        path=file.path,
        mime_type=facts.mime_type or FALLBACK_TYPE,
        extension=facts.extension or file.path.suffix,
        name=file.name,
        alt_text=file.alt_text,
        width=facts.width,
        height=facts.height,
        duration_s=facts.duration_s,
    )
