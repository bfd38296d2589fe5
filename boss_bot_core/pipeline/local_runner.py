"""The local runner: runs the stages of a job on this machine, and continues where an earlier attempt ended."""

from collections.abc import Collection, Mapping

from loguru import logger

from boss_bot_core.delivery import Deliverer, Delivery
from boss_bot_core.delivery.deliverer import TooLargeToDeliverError
from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.errors import DiskFullError, DownloadFailedError, EngineBrokenError, translate_machine_errors
from boss_bot_core.pipeline.runner import CompletedRun, OversizedRun
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.pipeline.size_refusal import check_found_smaller, should_search_smaller
from boss_bot_core.pipeline.stages.post_process import PostProcessStage
from boss_bot_core.pipeline.stages.reuse import ReuseStage
from boss_bot_core.pipeline.stages.store import StoreStage
from boss_bot_core.pipeline.stages.verify import FetchStage
from boss_bot_core.storage import DownloadRecord, Storage

_PROCESSED = "processed"
"""The folder of post-processed files, beside the plugins' folders, with a dot before it: plugin names have none."""


class LocalRunner:
    """Runs the stages in order: reuse, or download, verify, post-process and store; then deliver."""

    def __init__(
        self,
        storage: Storage,
        reuse_stage: ReuseStage,
        fetch_stage: FetchStage,
        post_process_stage: PostProcessStage,
        store_stage: StoreStage,
        deliverers: Mapping[str, Deliverer],
    ) -> None:
        self._storage = storage
        self._reuse_stage = reuse_stage
        self._fetch_stage = fetch_stage
        self._post_process_stage = post_process_stage
        self._store_stage = store_stage
        self._deliverers = deliverers

    @property
    def destinations(self) -> Collection[str]:
        """The kinds of destinations for which there is a deliverer."""
        return self._deliverers.keys()

    async def run(self, job: RunningJob) -> CompletedRun | OversizedRun:
        """Run the job to its end; stored files of an earlier attempt or download are delivered without a new download.

        When the destination refuses all files for their size, the run ends as oversized, and smaller ones are searched.

        Raises:
            DownloadFailedError: The job failed.
            StaleClaimError: The claim has ended.
        """
        try:
            with translate_machine_errors():
                return await self._run_stages(job)
        except DownloadFailedError as error:
            self._storage.errors.record_download_error(error.code)
            if isinstance(error, DiskFullError):  # its files would keep the disk full for others, and for the database
                await self._storage.discard_temp(job.item.id)
            raise

    async def _run_stages(self, job: RunningJob) -> CompletedRun | OversizedRun:
        delivery = await self._find_stored(job) or await self._reuse_stage.run(job) or await self._download(job, None)
        await job.advance(DownloadStatus.UPLOADING)
        deliverer = self._deliverers.get(job.item.destination.kind)
        if deliverer is None:
            raise EngineBrokenError(f"Nobody here delivers to a {job.item.destination.kind} destination.")
        try:
            receipts = await deliverer.deliver(delivery)
        except TooLargeToDeliverError as error:
            limit_bytes = error.limit_bytes
            if limit_bytes is None or limit_bytes >= job.item.max_file_size_bytes:
                raise
            if not await self._store_stage.record_refusal(job, limit_bytes):
                raise
            return OversizedRun(limit_bytes=limit_bytes)
        await self._store_stage.record_delivery(job, receipts)
        return CompletedRun(files=delivery.files, receipts=receipts, missing=delivery.skipped)

    async def _find_stored(self, job: RunningJob) -> Delivery | None:
        record = await self._store_stage.find(job)
        if record is None:
            return None
        if should_search_smaller(record, job.item):
            smaller = await self._download_smaller(job, record)
            if smaller is not None:
                return smaller
        await job.advance(DownloadStatus.PROCESSING)
        return Delivery(item=job.item, files=record.files, media=record.media, skipped=record.skipped)

    async def _download_smaller(self, job: RunningJob, refused: DownloadRecord) -> Delivery | None:
        """Return smaller files in place of the refused ones, or None when there are none; the old files then stay."""
        try:
            return await self._download(job, refused)
        except DownloadFailedError as error:
            if error.retryable:
                raise
            logger.bind(action="nothing_smaller").info("{}: {}", error.code, error.message)
        await self._store_stage.record_nothing_smaller(job)
        await self._storage.discard_temp(job.item.id)
        return None

    async def _download(self, job: RunningJob, refused: DownloadRecord | None) -> Delivery:
        folder = await self._storage.open_temp(job.item.id)
        fetched, (verified, rejected) = await self._fetch_stage.run(job, folder)
        verified_at = utc_now()
        files, notes = await self._post_process_stage.run(job, fetched.plugin, verified, folder / f".{_PROCESSED}")
        if refused is not None:
            check_found_smaller((file.path.stat().st_size for file in files), job.item)
        skipped = (*fetched.result.skipped, *rejected)
        await job.describe(fetched.result.media)
        stored = await self._store_stage.run(job, fetched, verified_at, files, skipped, notes, refused)
        # Discarded only now: before the record is written, a retry continues from these files.
        await self._storage.discard_temp(job.item.id)
        return Delivery(item=job.item, files=stored, media=fetched.result.media, skipped=skipped)
