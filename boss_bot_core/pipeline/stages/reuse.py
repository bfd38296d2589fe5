"""Before stage one: the same media, asked for again while it is kept, needs no download."""

from loguru import logger

from boss_bot_core.database import Database
from boss_bot_core.delivery import Delivery
from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.storage import DownloadRecord, Storage, StorageError


class ReuseStage:
    """Finds what an earlier download of the same media has left, and gives the job files of its own."""

    def __init__(self, database: Database, storage: Storage) -> None:
        self._database = database
        self._storage = storage

    async def run(self, job: RunningJob) -> Delivery | None:
        """Return what can be delivered at once; None where it has to be downloaded.

        Raises:
            DiskFullError: There is no room.
            StaleClaimError: Somebody else owns the item now.
        """
        record = await self._find(job)
        if record is None:
            return None
        try:
            files = await self._storage.adopt(job.item, record)
        except FileNotFoundError:
            return None  # swept away at this moment
        await job.advance(DownloadStatus.PROCESSING)
        await job.describe(record.media)
        logger.bind(action="reused").info("Delivered from storage, kept from {}.", record.item_id.hex[:6])
        return Delivery(item=job.item, files=files, media=record.media, skipped=record.skipped)

    async def _find(self, job: RunningJob) -> DownloadRecord | None:
        item = job.item
        limit = item.max_file_size_bytes
        async with self._database.connect() as tx:
            kept = await tx.files.find_reusable(
                item.media_key, item.options.content_key, utc_now(), max_file_size_bytes=limit
            )
        # What was made to fit a smaller limit may be worse than what this place can have.
        if kept is None or kept.item.max_file_size_bytes < limit:
            return None
        try:
            record = await self._storage.read(kept.item)
        except StorageError:
            return None
        # A post of which something was missing may be complete by now.
        return None if record is None or record.skipped or not record.files else record
