"""What a command calls: hand in a link, ask for a change. The answer is there before any download work starts."""

import attrs
from loguru import logger

from boss_bot_core.domain.events import JobCancelled, JobQueued, JobStatusChanged
from boss_bot_core.domain.items import DownloadItem, NewDownload
from boss_bot_core.domain.link import Link
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.errors import DiskFullError, UnsupportedUrlError
from boss_bot_core.pipeline.event_bus import EventBus
from boss_bot_core.pipeline.request import DownloadSpec, Requester
from boss_bot_core.queue import ControlOutcome, ControlResult, DownloadQueue
from boss_bot_core.routing import Route, Router
from boss_bot_core.storage import Storage


class DownloadService:
    """Submits downloads and passes on people's wishes; every change is published."""

    def __init__(
        self, queue: DownloadQueue, router: Router, bus: EventBus, storage: Storage, max_attempts: int
    ) -> None:
        self._queue = queue
        self._router = router
        self._bus = bus
        self._storage = storage
        self._max_attempts = max_attempts

    async def route(self, link: Link) -> Route:
        """Return where `link` may go."""
        return await self._router.route(link)

    async def submit(self, spec: DownloadSpec, requester: Requester) -> DownloadItem:
        """Route a link and put it into the queue.

        Raises:
            UnsupportedUrlError: No plugin, or not the wanted one, knows it.
            QuotaExceededError: The guild has used up its share.
            DiskFullError: There is no room.
            QueueFullError: As many wait as may wait.
        """
        route = await self._router.route(spec.link)
        best = route.best
        if spec.plugin is not None and best.plugin != spec.plugin:
            raise UnsupportedUrlError(f"{spec.link.host} is not a link for this command.")
        try:
            await self._storage.check_quota(requester.guild_id)
        except DiskFullError as error:
            # Who asks is told that the operator has been told.
            logger.error("Nothing is fetched until there is room: {}", error.message)
            raise
        new = NewDownload(
            url=spec.link.url,
            media_key=best.match.media_key,
            plugin=best.plugin,
            destination=spec.destination,
            max_file_size_bytes=spec.max_file_size_bytes,
            priority=spec.priority,
            options=spec.options,
            max_attempts=min(spec.max_attempts or self._max_attempts, self._max_attempts),
            **attrs.asdict(requester),
        )
        item = await self._queue.submit(new)
        self._bus.publish(JobQueued(item=item))
        return item

    async def cancel(self, item: DownloadItem) -> ControlResult:
        """Cancel it, at once or as soon as its runner has let go of it."""
        result = await self._queue.control.cancel(item.id)
        self._tell(result)
        if result.outcome is ControlOutcome.DONE:
            self._bus.publish(JobCancelled(item=result.item))
        return result

    async def pause(self, item: DownloadItem) -> ControlResult:
        """Let it stand still."""
        return self._tell(await self._queue.control.pause(item.id))

    async def resume(self, item: DownloadItem) -> ControlResult:
        """Let it go on."""
        return self._tell(await self._queue.control.resume(item.id))

    async def retry(self, item: DownloadItem, max_file_size_bytes: int | None = None) -> ControlResult:
        """Try a failed or cancelled one again, with all its attempts.

        Args:
            item: The download.
            max_file_size_bytes: What its destination takes by now, or None for as much as before.

        Raises:
            QueueFullError: As many wait as may wait.
        """
        result = await self._queue.control.retry(item.id, max_file_size_bytes)
        if result.outcome is ControlOutcome.DONE and result.item.status is DownloadStatus.QUEUED:
            self._bus.publish(JobQueued(item=result.item))
        return result

    def _tell(self, result: ControlResult) -> ControlResult:
        # A wish that the runner has yet to fulfil is news too: cards show it at once.
        if result.outcome in {ControlOutcome.DONE, ControlOutcome.REQUESTED}:
            self._bus.publish(JobStatusChanged(item=result.item))
        return result
