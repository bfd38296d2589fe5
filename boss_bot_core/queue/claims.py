"""The writes of a runner to its running download, fenced by the download's claim."""

from collections.abc import Callable, Sequence
from datetime import datetime

from boss_bot_core.concurrency import shielded
from boss_bot_core.database import Database
from boss_bot_core.domain.clock import UtcClock
from boss_bot_core.domain.errors import DownloadError
from boss_bot_core.domain.items import LOCAL_ID, DownloadItem
from boss_bot_core.domain.media import DownloadedFile, MediaInfo
from boss_bot_core.domain.status import RUNNING, DownloadStatus
from boss_bot_core.queue import transitions
from boss_bot_core.queue.errors import StaleClaimError, TransitionRefusedError, UnknownItemError
from boss_bot_core.queue.retry import requeue_after_crash


class ClaimWriter:
    """Writes on behalf of the runner that holds a claim. Each write returns the new item, with its control requests.

    All writes raise `StaleClaimError` when the claim has ended, `TransitionRefusedError` when the item may not enter
    the new status, and `UnknownItemError` when the item does not exist; nothing is written then. A write that has begun
    completes even if its task is cancelled.
    """

    def __init__(self, database: Database, clock: UtcClock, notify: Callable[[], None]) -> None:
        self._database = database
        self._clock = clock
        self._notify = notify

    async def advance(self, item: DownloadItem, status: DownloadStatus) -> DownloadItem:
        """Enter another running status."""
        if status not in RUNNING:
            raise TransitionRefusedError(item, status)
        return await self._write(item, lambda current: transitions.enter_status(current, status))

    async def record_progress(self, item: DownloadItem, current: int, total: int | None) -> DownloadItem:
        """Record the received bytes and the total (None when unknown), without notifying the dispatcher."""
        return await self._write(
            item, lambda running: transitions.record_progress(running, current, total), notify=False
        )

    async def describe(self, item: DownloadItem, media: MediaInfo) -> DownloadItem:
        """Record the platform's description of the post."""
        return await self._write(item, lambda current: transitions.record_description(current, media))

    async def schedule_retry(self, item: DownloadItem, error: DownloadError, not_before: datetime) -> DownloadItem:
        """Release the item for another attempt at `not_before`, or apply its control request; frees the slot."""
        return await self._write(
            item, lambda current: transitions.schedule_retry(current, error, not_before, self._clock())
        )

    async def requeue_smaller(self, item: DownloadItem, max_file_size_bytes: int) -> DownloadItem:
        """Release the item with a lower limit for one file; frees the slot, and the attempt does not count."""
        return await self._write(
            item, lambda current: transitions.requeue_smaller(current, max_file_size_bytes, self._clock())
        )

    async def fail(self, item: DownloadItem, error: DownloadError) -> DownloadItem:
        """Record that the item failed."""
        return await self._write(item, lambda current: transitions.fail(current, error, self._clock()))

    async def complete(self, item: DownloadItem, files: Sequence[DownloadedFile]) -> DownloadItem:
        """Record that the item is completed, and in the same transaction its files and the user's download count."""
        return await self._write(item, lambda current: transitions.complete(current, self._clock()), files=files)

    async def cancel_running(self, item: DownloadItem) -> DownloadItem:
        """Record that the running item is cancelled."""
        return await self._write(item, lambda current: transitions.cancel(current, self._clock()))

    async def pause(self, item: DownloadItem) -> DownloadItem:
        """Pause the item; frees the slot, and the attempt does not count. A resumed item is claimed like any other."""
        return await self._release(item, DownloadStatus.PAUSED)

    async def release(self, item: DownloadItem) -> DownloadItem:
        """Release the item because this process ends; the attempt does not count."""
        return await self._release(item, DownloadStatus.QUEUED)

    async def requeue(self, item: DownloadItem) -> DownloadItem:
        """Release the item because its outcome could not be written; this counts as a crash."""
        return await self._write(item, lambda current: requeue_after_crash(current, self._clock()))

    async def _release(self, item: DownloadItem, wanted: DownloadStatus) -> DownloadItem:
        return await self._write(
            item, lambda current: transitions.refund_attempt(transitions.release(current, wanted, self._clock()))
        )

    @shielded
    async def _write(
        self,
        item: DownloadItem,
        transition: Callable[[DownloadItem], DownloadItem],
        *,
        files: Sequence[DownloadedFile] = (),
        notify: bool = True,
    ) -> DownloadItem:
        async with self._database.begin() as tx:
            current = await tx.items.lock(item.id)
            if current is None:
                raise UnknownItemError(item.short_id)
            if current.claim != item.claim or not current.is_running:
                raise StaleClaimError(item.claim, current)
            after = await tx.items.replace(current, transition(current))
            await tx.files.add(files)
            if after.status is DownloadStatus.COMPLETED and after.user_id != LOCAL_ID:
                await tx.users.record_download(after.user_id, self._clock())
        if notify:
            self._notify()
        return after
