"""Runs a job's stages on this machine, from wherever an earlier attempt left off."""

from collections.abc import Collection, Mapping

from loguru import logger

from boss_bot_core.delivery import Deliverer, Delivery
from boss_bot_core.delivery.deliverer import TooLargeToDeliverError
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.errors import DownloadFailedError, EngineBrokenError, FileTooLargeError
from boss_bot_core.pipeline.runner import Finished, Oversized
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.pipeline.size_refusal import any_fits, wants_smaller
from boss_bot_core.pipeline.stages.download import DownloadStage
from boss_bot_core.pipeline.stages.post_process import PostProcessStage
from boss_bot_core.pipeline.stages.reuse import ReuseStage
from boss_bot_core.pipeline.stages.store import StoreStage
from boss_bot_core.pipeline.stages.verify import VerifyStage
from boss_bot_core.storage import DownloadRecord, Storage

_PROCESSED = "processed"
"""Folder of post-processed files beside the plugins' own folders; a plugin's name has no dot."""


class LocalRunner:
    """The stages in their order: download, verify, post-process, organise, deliver."""

    def __init__(
        self,
        storage: Storage,
        reuse_stage: ReuseStage,
        download_stage: DownloadStage,
        verify_stage: VerifyStage,
        post_process_stage: PostProcessStage,
        store_stage: StoreStage,
        deliverers: Mapping[str, Deliverer],
    ) -> None:
        self._storage = storage
        self._reuse_stage = reuse_stage
        self._download_stage = download_stage
        self._verify_stage = verify_stage
        self._post_process_stage = post_process_stage
        self._store_stage = store_stage
        self._deliverers = deliverers

    @property
    def destinations(self) -> Collection[str]:
        """Kinds of destinations that there is a deliverer for."""
        return self._deliverers.keys()

    async def run(self, job: RunningJob) -> Finished | Oversized:
        """Bring the job to its end; what an earlier attempt or download has left needs no new one.

        Where the place takes less than was believed, and none of the files, they are fetched once more.

        Raises:
            DownloadFailedError: It ended without its files.
            StaleClaimError: Somebody else owns the item now.
        """
        delivery = await self._organised(job) or await self._reuse_stage.run(job) or await self._obtain(job, None)
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
            if not await self._store_stage.note_refusal(job, limit_bytes):
                raise
            return Oversized(limit_bytes=limit_bytes)
        await self._store_stage.note_delivery(job, receipts)
        return Finished(files=delivery.files, receipts=receipts, missing=delivery.skipped)

    async def _organised(self, job: RunningJob) -> Delivery | None:
        record = await self._store_stage.find(job)
        if record is None:
            return None
        if wants_smaller(record, job.item) and (smaller := await self._obtain_smaller(job, record)) is not None:
            return smaller
        await job.advance(DownloadStatus.PROCESSING)
        return Delivery(item=job.item, files=record.files, media=record.media, skipped=record.skipped)

    async def _obtain_smaller(self, job: RunningJob, refused: DownloadRecord) -> Delivery | None:
        """Return what fits in place of what was refused; None where there is nothing, and that stays kept."""
        try:
            return await self._obtain(job, refused)
        except DownloadFailedError as error:
            if error.retryable:
                raise
            logger.bind(action="nothing_smaller").info("{}: {}", error.code, error.message)
        await self._store_stage.note_nothing_smaller(job)
        await self._storage.discard_temp(job.item.id)
        return None

    async def _obtain(self, job: RunningJob, refused: DownloadRecord | None) -> Delivery:
        folder = await self._storage.open_temp(job.item.id)
        fetched = await self._download_stage.run(job, folder)
        await job.advance(DownloadStatus.PROCESSING)
        verified, rejected = await self._verify_stage.run(job, fetched.result.files)
        files, notes = await self._post_process_stage.run(job, verified, folder / f".{_PROCESSED}")
        if refused is not None and not any_fits((each.file.path.stat().st_size for each in files), job.item):
            raise FileTooLargeError("The source has nothing smaller.")
        skipped = (*fetched.result.skipped, *rejected)
        media = fetched.result.media
        await job.describe(media)
        kept = await self._store_stage.run(job, fetched, files, skipped, notes, refused.history if refused else ())
        # Only now: until the record stands, a retry continues from these files.
        await self._storage.discard_temp(job.item.id)
        return Delivery(item=job.item, files=kept, media=media, skipped=skipped)
