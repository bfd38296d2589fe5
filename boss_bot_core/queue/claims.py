"""What the owner of a running download writes, fenced by its claim."""

from collections.abc import Callable, Sequence
from datetime import datetime

from boss_bot_core.database import Database, shielded
from boss_bot_core.domain.clock import UtcClock
from boss_bot_core.domain.errors import DownloadError
from boss_bot_core.domain.items import LOCAL_ID, DownloadItem
from boss_bot_core.domain.media import DownloadedFile, MediaInfo
from boss_bot_core.domain.status import RUNNING, DownloadStatus
from boss_bot_core.queue import transitions
from boss_bot_core.queue.errors import StaleClaimError, TransitionRefusedError, UnknownItemError
from boss_bot_core.queue.retry import requeue_after_crash


class ClaimWriter:
    """A runner's writes. Each returns the item as it is afterwards, wishes of other people included.

    All of them raise `StaleClaimError` when the runner no longer owns the item, `TransitionRefusedError` when the item
    may not become what is asked, and `UnknownItemError` when it is gone; nothing is written then. A write that has
    begun ends even if its task is cancelled.
    """

    def __init__(self, database: Database, clock: UtcClock, notify: Callable[[], None]) -> None:
        self._database = database
        self._clock = clock
        self._notify = notify

    async def advance(self, item: DownloadItem, status: DownloadStatus) -> DownloadItem:
        """Go on to another running status."""
        if status not in RUNNING:
            raise TransitionRefusedError(item, status)
        return await self._write(item, lambda current: transitions.enter_status(current, status))

    async def record_progress(self, item: DownloadItem, current: int, total: int | None) -> DownloadItem:
        """Keep how many bytes of how many (None: unknown) have arrived; wakes nobody."""
        return await self._write(item, lambda now: transitions.record_progress(now, current, total), wake=False)

    async def describe(self, item: DownloadItem, media: MediaInfo) -> DownloadItem:
        """Keep what the platform told of it."""
        return await self._write(item, lambda current: transitions.record_description(current, media))

    async def schedule_retry(self, item: DownloadItem, error: DownloadError, not_before: datetime) -> DownloadItem:
        """Let it wait for another attempt, or cancel or pause it if somebody asked for that; frees the slot."""
        return await self._write(
            item, lambda current: transitions.schedule_retry(current, error, not_before, self._clock())
        )

    async def requeue_smaller(self, item: DownloadItem, max_file_size_bytes: int) -> DownloadItem:
        """Let it wait again with a lower limit for one file; frees the slot, and the attempt does not count."""
        return await self._write(
            item, lambda current: transitions.requeue_smaller(current, max_file_size_bytes, self._clock())
        )

    async def fail(self, item: DownloadItem, error: DownloadError) -> DownloadItem:
        """End it without its files."""
        return await self._write(item, lambda current: transitions.fail(current, error, self._clock()))

    async def complete(self, item: DownloadItem, files: Sequence[DownloadedFile]) -> DownloadItem:
        """End it with its files; in the same transaction they are kept, and the person has one download more."""
        return await self._write(item, lambda current: transitions.complete(current, self._clock()), files=files)

    async def cancel_running(self, item: DownloadItem) -> DownloadItem:
        """End it because somebody asked for that."""
        return await self._write(item, lambda current: transitions.cancel(current, self._clock()))

    async def pause(self, item: DownloadItem) -> DownloadItem:
        """Pause it; frees the slot, and the attempt does not count. After `resume` it is claimed like any other."""
        return await self._release(item, DownloadStatus.PAUSED)

    async def release(self, item: DownloadItem) -> DownloadItem:
        """Let it wait again, because this process ends; the attempt does not count."""
        return await self._release(item, DownloadStatus.QUEUED)

    async def requeue(self, item: DownloadItem) -> DownloadItem:
        """Let it wait again because its end could not be written, which counts as a crash."""
        return await self._write(item, lambda current: requeue_after_crash(current, self._clock()))

    async def _release(self, item: DownloadItem, wanted: DownloadStatus) -> DownloadItem:
        return await self._write(
            item, lambda current: transitions.refund_attempt(transitions.release(current, wanted, self._clock()))
        )

    @shielded
    async def _write(
        self,
        item: DownloadItem,
        step: Callable[[DownloadItem], DownloadItem],
        *,
        files: Sequence[DownloadedFile] = (),
        wake: bool = True,
    ) -> DownloadItem:
        async with self._database.begin() as tx:
            current = await tx.items.lock(item.id)
            if current is None:
                raise UnknownItemError(item.short_id)
            if current.claim != item.claim or not current.is_running:
                raise StaleClaimError(item.claim, current)
            after = await tx.items.replace(current, step(current))
            await tx.files.add(files)
            if after.status is DownloadStatus.COMPLETED and after.user_id != LOCAL_ID:
                await tx.users.record_download(after.user_id, self._clock())
        if wake:
            self._notify()
        return after
