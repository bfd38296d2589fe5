"""`FileFetcher`: fetches the files of a job anew: download, verify, post-process and store."""

import attrs
from loguru import logger

from boss_bot_core.delivery import Delivery
from boss_bot_core.domain.clock import utc_now
from boss_bot_core.errors import ChoiceNeededError, DownloadFailedError
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.pipeline.size_refusal import check_found_smaller, is_refused
from boss_bot_core.pipeline.stages.conversion_output import Processed
from boss_bot_core.pipeline.stages.fetch import FetchStage
from boss_bot_core.pipeline.stages.job_builder import PROCESSED
from boss_bot_core.pipeline.stages.post_process import PostProcessStage
from boss_bot_core.pipeline.stages.store import StoreStage
from boss_bot_core.storage import DownloadRecord, Storage


class FileFetcher:
    """Runs the stages of a new download."""

    def __init__(
        self, storage: Storage, fetch_stage: FetchStage, post_process_stage: PostProcessStage, store_stage: StoreStage
    ) -> None:
        self._storage = storage
        self._fetch_stage = fetch_stage
        self._post_process_stage = post_process_stage
        self._store_stage = store_stage

    async def fetch(self, job: RunningJob, replaced: DownloadRecord | None) -> Delivery:
        """Return new files, stored in place of those of `replaced`.

        Raises:
            ChoiceNeededError: The requester has to decide; the fetched files are stored, and wait for the answer.
            DownloadFailedError: The job failed.
        """
        folder = await self._storage.open_temp(job.item)
        fetched, verified = await self._fetch_stage.run(job, folder)
        verified_at = utc_now()
        media = fetched.result.media
        await job.describe(media)
        skipped = (*fetched.result.skipped, *verified.skipped)
        try:
            processed = await self._post_process_stage.run(job, fetched.plugin, verified, folder / PROCESSED, media)
        except ChoiceNeededError as error:
            # The answer continues from these files, without another download.
            await self._store_stage.run(
                job, fetched, verified_at, Processed(files=verified.files, skipped=skipped), replaced
            )
            await self._store_stage.record_question(job, error.message)
            await self._storage.discard_temp(job.item.id)
            raise
        if replaced is not None and is_refused(replaced):
            check_found_smaller((file.path.stat().st_size for file in processed.files), job.item)
        processed = attrs.evolve(processed, skipped=(*skipped, *processed.skipped))
        stored = await self._store_stage.run(job, fetched, verified_at, processed, replaced)
        # Discarded only now: before the record is written, a retry continues from these files.
        await self._storage.discard_temp(job.item.id)
        return Delivery(item=job.item, files=stored, media=media, skipped=processed.skipped)

    async def fetch_smaller(self, job: RunningJob, refused: DownloadRecord) -> Delivery | None:
        """Return smaller files in place of the refused ones, or None when there are none; the old files then stay."""
        try:
            return await self.fetch(job, refused)
        except ChoiceNeededError:
            raise
        except DownloadFailedError as error:
            if error.retryable:
                raise
            logger.bind(action="nothing_smaller").info("{}: {}", error.code, error.message)
        await self._store_stage.record_nothing_smaller(job)
        await self._storage.discard_temp(job.item.id)
        return None
