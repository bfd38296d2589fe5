"""The reuse stage: a request for media that an earlier download stored needs no new download."""

from loguru import logger

from boss_bot_core.database import Database
from boss_bot_core.delivery import Delivery
from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.events import JobReused
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.pipeline.file_limits import FileLimits
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.pipeline.stages.suspicion import NOTHING_FORBIDDEN, ForbiddenContent
from boss_bot_core.storage import DownloadRecord, Storage, StorageError


class ReuseStage:
    """Finds an earlier download of the same media, and stores its files again for the job."""

    def __init__(
        self, database: Database, storage: Storage, limits: FileLimits, forbidden: ForbiddenContent = NOTHING_FORBIDDEN
    ) -> None:
        self._database = database
        self._storage = storage
        self._limits = limits
        self._forbidden = forbidden

    async def run(self, job: RunningJob) -> Delivery | None:
        """Return a delivery of stored files, or None when the media must be downloaded, or the requester wants to.

        Raises:
            DiskFullError: The disk is full.
            StaleClaimError: The claim has ended.
            SuspiciousFileError: The operator has forbidden a stored file since.
        """
        record = None if job.item.options.fresh else await self._find(job)
        if record is None:
            return None
        self._forbidden.check_record(job, record)
        try:
            files = await self._storage.store_copy(job.item, record)
        except FileNotFoundError:
            return None  # the sweep has just deleted the files
        job.report(JobReused)
        await job.advance(DownloadStatus.PROCESSING)
        await job.describe(record.media)
        logger.bind(action="reused").info("Delivered from storage, kept from {}.", record.item_id.hex[:6])
        return Delivery(item=job.item, files=files, media=record.media, skipped=record.skipped)

    async def _find(self, job: RunningJob) -> DownloadRecord | None:
        item = job.item
        # Larger files are converted afterwards, if plugins do that.
        limit = item.max_file_size_bytes
        largest = self._limits.cap_bytes if self._limits.is_converting else limit
        async with self._database.connect() as tx:
            found = await tx.files.find_reusable(
                item.media_key, item.options.content_key, utc_now(), max_file_size_bytes=largest
            )
        # Files for a lower limit may have a lower quality than this destination allows.
        if found is None or found.max_file_size_bytes < limit:
            return None
        try:
            record = await self._storage.read(found)
        except StorageError:
            return None
        # A post with missing files may be complete by now.
        return None if record is None or record.skipped or not record.files else record
