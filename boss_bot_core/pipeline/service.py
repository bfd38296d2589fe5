"""The download service: the only way of commands to queue and storage; it answers before any download work starts."""

from uuid import UUID

from loguru import logger

from boss_bot_core.domain.events import JobCancelled, JobQueued, JobStatusChanged
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.link import FitChoice, Link
from boss_bot_core.domain.progress import QueuePosition, QueueState
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.errors import DiskFullError
from boss_bot_core.pipeline.event_bus import EventBus
from boss_bot_core.pipeline.request import DownloadSpec, Requester, build_download
from boss_bot_core.pipeline.space import SpaceService
from boss_bot_core.queue import ControlOutcome, ControlResult, DownloadQueue
from boss_bot_core.routing import Route, Router
from boss_bot_core.storage import DownloadRecord, Storage


class DownloadService:
    """Submits and controls downloads, publishes every change, and answers questions about them."""

    def __init__(
        self, queue: DownloadQueue, router: Router, bus: EventBus, storage: Storage, space: SpaceService, attempts: int
    ) -> None:
        self._queue = queue
        self._router = router
        self._bus = bus
        self._storage = storage
        self._space = space
        self._max_attempts = attempts

    async def route(self, link: Link) -> Route:
        """Return the plugins that can fetch `link`."""
        return await self._router.route(link)

    async def submit(self, spec: DownloadSpec, requester: Requester) -> DownloadItem:
        """Route a link and add the download to the queue.

        Raises:
            UnsupportedUrlError: No plugin can fetch the link, or the requested plugin cannot.
            QuotaExceededError: The guild has used up its daily limit.
            DiskFullError: The space for downloads is used up.
            QueueFullError: The queue's limit for waiting downloads is reached.
        """
        new = build_download(spec, requester, await self._router.route(spec.link), self._max_attempts)
        try:
            await self._space.check_submission(requester.guild_id)
            item = await self._queue.submit(new)
        except DiskFullError as error:
            logger.error("Nothing is fetched until there is room: {}", error.message)  # as the user's message promises
            raise
        self._bus.publish(JobQueued(item=item))
        return item

    async def cancel(self, item: DownloadItem) -> ControlResult:
        """Cancel a download: at once, or as soon as its runner has stopped."""
        result = await self._queue.control.cancel(item.id)
        self._publish_change(result)
        if result.outcome is ControlOutcome.DONE:
            self._bus.publish(JobCancelled(item=result.item))
        return result

    async def pause(self, item: DownloadItem) -> ControlResult:
        """Pause a download."""
        return self._publish_change(await self._queue.control.pause(item.id))

    async def resume(self, item: DownloadItem) -> ControlResult:
        """Resume a download."""
        return self._publish_change(await self._queue.control.resume(item.id))

    async def retry(self, item: DownloadItem, limit: int | None = None, fit: FitChoice | None = None) -> ControlResult:
        """Retry a failed or cancelled download, with all its attempts.

        Args:
            item: The download.
            limit: See `QueueControl.retry`, as for `fit`: the destination's current limit for one file, in bytes.
            fit: The requester's answer.

        Raises:
            QueueFullError: The queue's limit for waiting downloads is reached.
        """
        result = await self._queue.control.retry(item.id, limit, fit)
        if result.outcome is ControlOutcome.DONE and result.item.status is DownloadStatus.QUEUED:
            self._bus.publish(JobQueued(item=result.item))
        return result

    async def get(self, item_id: UUID) -> DownloadItem:
        """Return a download; raises UnknownItemError when it does not exist."""
        return await self._queue.reader.get(item_id)

    async def find(self, typed: str) -> DownloadItem:
        """Return the download whose id starts with `typed`; raises UnknownItemError or AmbiguousIdError."""
        return await self._queue.reader.find(typed)

    async def position(self, item_id: UUID) -> QueuePosition | None:
        """Return the queue position of a waiting download, or None when it does not wait."""
        return await self._queue.reader.position(item_id)

    async def list_unfinished(self, user_id: int) -> list[DownloadItem]:
        """Return a user's unfinished downloads, newest first."""
        return await self._queue.reader.list_unfinished(user_id)

    async def queue_state(self) -> QueueState:
        """Return all running, waiting and paused downloads, in this order, and the limits of the queue."""
        return await self._queue.reader.state(page_size=None)

    async def read_record(self, item: DownloadItem) -> DownloadRecord | None:
        """Return the stored record of a download with its files, or None when it is not stored; raises StorageError."""
        return await self._storage.read(item)

    def _publish_change(self, result: ControlResult) -> ControlResult:
        # A control request that the runner has not carried out yet is published too: cards show it at once. So is one
        # that came too late: a card that offered it shows an outdated status, for example in a reopened thread.
        if result.outcome in {ControlOutcome.DONE, ControlOutcome.REQUESTED} or result.item.is_finished:
            self._bus.publish(JobStatusChanged(item=result.item))
        return result
