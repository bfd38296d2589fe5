"""All writes of a runner, for the contract tests of fences."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.media import DownloadedFile, MediaInfo
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.queue import DownloadQueue, StaleClaimError
from boss_bot_core.testing.store.base import build_failure

ENDINGS = ("fail", "cancel", "release", "pause", "retry", "fetch smaller")
"""The ways in which a runner can release a downloading item."""


async def end_item(queue: DownloadQueue, item: DownloadItem, how: str) -> DownloadItem:
    """Release a running item in one of the ways of `ENDINGS`."""
    if how == "fail":
        return await queue.claims.fail(item, build_failure(item))
    if how == "retry":
        return await queue.claims.schedule_retry(item, build_failure(item), item.created_at + timedelta(hours=1))
    if how == "fetch smaller":
        return await queue.claims.requeue_smaller(item, item.max_file_size_bytes - 1)
    ways = {"cancel": queue.claims.cancel_running, "release": queue.claims.release, "pause": queue.claims.pause}
    return await ways[how](item)


async def expect_no_write(queue: DownloadQueue, item: DownloadItem) -> None:
    """Assert that every write of a runner is refused and leaves the row unchanged."""
    before = await queue.reader.get(item.id)
    for how in ENDINGS:
        with pytest.raises(StaleClaimError):
            await end_item(queue, item, how)
    for write in (
        queue.claims.advance(item, DownloadStatus.PROCESSING),
        queue.claims.record_progress(item, 1, 2),
        queue.claims.describe(item, MediaInfo(title="late")),
        queue.claims.complete(item, [build_downloaded_file(item)]),
    ):
        with pytest.raises(StaleClaimError):
            await write
    assert await queue.reader.get(item.id) == before


def build_downloaded_file(item: DownloadItem) -> DownloadedFile:
    """Return a stored file of `item`."""
    return DownloadedFile(
        id=uuid4(),
        download_item_id=item.id,
        filename="1.jpg",
        file_path=Path("/nowhere/1.jpg"),
        size_bytes=200,
        mime_type="image/jpeg",
        created_at=item.created_at,
        expires_at=item.created_at + timedelta(hours=24),
        checksum="0" * 64,
    )
