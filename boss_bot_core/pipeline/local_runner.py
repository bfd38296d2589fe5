"""The local runner: runs the stages of a job on this machine, and continues where an earlier attempt ended."""

from collections.abc import Collection, Mapping

from boss_bot_core.delivery import Deliverer
from boss_bot_core.delivery.deliverer import TooLargeToDeliverError
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.errors import DiskFullError, DownloadFailedError, EngineBrokenError, translate_machine_errors
from boss_bot_core.pipeline.file_supply import FileSupply
from boss_bot_core.pipeline.runner import CompletedRun, OversizedRun
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.pipeline.stages.store import StoreStage
from boss_bot_core.storage import Storage


class LocalRunner:
    """Lets the files be supplied, and delivers them."""

    def __init__(
        self,
        storage: Storage,
        supply: FileSupply,
        store_stage: StoreStage,
        deliverers: Mapping[str, Deliverer],
    ) -> None:
        self._storage = storage
        self._supply = supply
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
        delivery = await self._supply.run(job)
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
