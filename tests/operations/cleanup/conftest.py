"""A storage, a database and a clean-up service whose clock and uptime the test advances."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import attrs
import pytest

from boss_bot_core.database import Database
from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.clock_history import ClockReading
from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.media import DownloadedFile
from boss_bot_core.domain.status import FINISHED, DownloadStatus
from boss_bot_core.operations.cleanup.service import CleanupService
from boss_bot_core.plugin import FetchedFile, FileFacts
from boss_bot_core.storage import Quota, Storage, StorageLayout, VerifiedDownload, VerifiedFile
from boss_bot_core.testing.store.base import build_new_download

MB = 1_048_576


@attrs.define
class CleanupHarness:
    """A data folder, its database, and the clean-ups of both.

    Attributes:
        storage: The files.
        database: The queue.
        log_folder: The log.
        offset: How far the test's clock is ahead of this machine's.
        uptime: How far the test's uptime is ahead.
        boot_id: The start of the test's machine.
        clock: Another clock to use instead of these.
    """

    storage: Storage
    database: Database
    log_folder: Path
    offset: timedelta = timedelta(0)
    uptime: timedelta = timedelta(0)
    boot_id: str = "first"
    clock: Callable[[], ClockReading] | None = None

    @property
    def service(self) -> CleanupService:
        """A clean-up service, as a new process would have it."""
        return CleanupService(self.storage, self.database, self.log_folder, self.clock or self.read_clock)

    def read_clock(self) -> ClockReading:
        return ClockReading(wall=utc_now() + self.offset, uptime_s=self.uptime.total_seconds(), boot_id=self.boot_id)

    def pass_time(self, time: timedelta) -> None:
        self.offset += time
        self.uptime += time

    async def add_item(
        self, status: DownloadStatus, *, guild_id: int = 20, error_type: ErrorType | None = None
    ) -> DownloadItem:
        """Put a download into the queue that has a status already."""
        new = attrs.asdict(build_new_download(guild_id=guild_id), recurse=False)
        ended_at = utc_now() if status in FINISHED else None
        item = DownloadItem(
            **new, id=uuid4(), status=status, created_at=utc_now(), completed_at=ended_at, error_type=error_type
        )
        async with self.database.begin() as tx:
            return await tx.items.insert(item)

    async def replace_item(self, before: DownloadItem, after: DownloadItem) -> None:
        async with self.database.begin() as tx:
            await tx.items.replace(before, after)

    async def store(self, item: DownloadItem, content: bytes = b"meow") -> DownloadedFile:
        """Store one file for a download, as its runner does."""
        path = self.storage.layout.open_temp(item) / "fetched"
        path.write_bytes(content)
        file = VerifiedFile(
            fetched=FetchedFile(path=path, name="cat.mp4"), facts=FileFacts(mime_type="video/mp4", extension=".mp4")
        )
        (stored,) = await self.storage.store(VerifiedDownload(item=item, files=(file,)))
        await self.storage.discard_temp(item.id)
        async with self.database.begin() as tx:
            await tx.files.add([stored])
        return stored


@pytest.fixture
async def cleanup(tmp_path: Path) -> AsyncIterator[CleanupHarness]:
    layout = StorageLayout(tmp_path / "data", tmp_path / "cache")
    layout.prepare()
    (tmp_path / "logs").mkdir()
    storage = Storage(layout=layout, quota=Quota(temp_bytes=MB, guild_daily_bytes=MB, min_free_bytes=1))
    async with Database.open(f"sqlite:///{tmp_path}/queue.db") as database:
        yield CleanupHarness(storage=storage, database=database, log_folder=tmp_path / "logs")
