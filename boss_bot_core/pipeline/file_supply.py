"""`FileSupply`: supplies the files of a job, stored ones or new ones, converted where they do not fit.

Stored files are those of an earlier attempt, or of another download of the same media. The order is fixed: files that
are there come before a download, and a conversion of them comes before a search for a smaller version.
"""

from loguru import logger

from boss_bot_core.delivery import Delivery
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.errors import ChoiceNeededError, DownloadFailedError
from boss_bot_core.pipeline.file_fetcher import FileFetcher
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.pipeline.size_refusal import (
    check_found_smaller,
    is_refused,
    is_undecided,
    should_convert,
    should_search_smaller,
)
from boss_bot_core.pipeline.stages.conversion_output import to_verified_files
from boss_bot_core.pipeline.stages.job_builder import PROCESSED
from boss_bot_core.pipeline.stages.post_process import PostProcessStage
from boss_bot_core.pipeline.stages.reuse import ReuseStage
from boss_bot_core.pipeline.stages.store import StoreStage
from boss_bot_core.pipeline.stages.verify import Verified
from boss_bot_core.storage import DownloadRecord, Storage


class FileSupply:
    """Chooses between stored files, converted stored files and new files."""

    def __init__(
        self,
        storage: Storage,
        reuse_stage: ReuseStage,
        fetcher: FileFetcher,
        post_process_stage: PostProcessStage,
        store_stage: StoreStage,
    ) -> None:
        self._storage = storage
        self._reuse_stage = reuse_stage
        self._fetcher = fetcher
        self._post_process_stage = post_process_stage
        self._store_stage = store_stage

    async def run(self, job: RunningJob) -> Delivery:
        """Return the stored files of the job, ready for their delivery.

        Raises:
            DownloadFailedError: The job failed; after a ChoiceNeededError, its files stay for the answer.
            StaleClaimError: The claim has ended.
        """
        record = await self._store_stage.find(job)
        if record is not None:
            return await self._take_stored(job, record)
        reused = await self._reuse_stage.run(job)
        if reused is None:
            return await self._fetcher.fetch(job, None)
        record = await self._store_stage.find(job)
        if record is None or not self._should_convert(job, record):
            return reused
        try:
            return await self._convert(job, record, must_fit=True)
        except DownloadFailedError as error:
            if error.retryable:
                raise
            # The source may have a version for this destination that is better than what can be made of the stored one.
            await self._discard_conversion(job, error)
            return await self._fetcher.fetch(job, record)

    async def _take_stored(self, job: RunningJob, record: DownloadRecord) -> Delivery:
        if self._should_convert(job, record):
            try:
                return await self._convert(job, record, must_fit=is_refused(record))
            except DownloadFailedError as error:
                is_final = is_undecided(record) or isinstance(error, ChoiceNeededError)
                if error.retryable or (is_final and not is_refused(record)):
                    raise
                await self._discard_conversion(job, error)
        if should_search_smaller(record, job.item):
            smaller = await self._fetcher.fetch_smaller(job, record)
            if smaller is not None:
                return smaller
        await job.advance(DownloadStatus.PROCESSING)
        return Delivery(item=job.item, files=record.files, media=record.media, skipped=record.skipped)

    async def _discard_conversion(self, job: RunningJob, error: DownloadFailedError) -> None:
        # A download would take what the conversion has left for files of its own.
        await self._storage.discard_temp(job.item.id)
        logger.bind(action="not_converted").info("{}: {}", error.code, error.message)

    def _should_convert(self, job: RunningJob, record: DownloadRecord) -> bool:
        return self._post_process_stage.is_used and should_convert(record, job.item)

    async def _convert(self, job: RunningJob, record: DownloadRecord, *, must_fit: bool) -> Delivery:
        """Store the converted files in place of those of `record`, unless one has to fit and none does."""
        folder = await self._storage.open_temp(job.item)
        await job.advance(DownloadStatus.PROCESSING)
        processed = await self._post_process_stage.run(
            job, record.plugin, Verified(to_verified_files(record.files)), folder / PROCESSED, record.media
        )
        if must_fit:
            check_found_smaller((file.path.stat().st_size for file in processed.files), job.item)
        files = await self._store_stage.replace(job, record, processed)
        await self._storage.discard_temp(job.item.id)
        skipped = (*record.skipped, *processed.skipped)
        return Delivery(item=job.item, files=files, media=record.media, skipped=skipped)
