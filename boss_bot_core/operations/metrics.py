"""Download metrics, collected from the events on the event bus."""

from uuid import UUID

from boss_bot_core.domain.events import JobCancelled, JobCompleted, JobEvent, JobFailed, JobReused, JobStatusChanged
from boss_bot_core.domain.progress import DownloadMetrics
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.pipeline.event_bus import EventBus


class MetricsCollector:
    """Counts events; `snapshot` may be called at any time."""

    def __init__(self) -> None:
        self._ended = 0
        self._failed = 0
        self._bytes = 0
        self._running_s = 0.0
        self._waited_s = 0.0
        self._started = 0
        self._active: set[UUID] = set()
        self._from_storage: set[UUID] = set()

    async def run(self, bus: EventBus) -> None:
        """Record all events until the bus is closed."""
        with bus.subscribe() as subscription:
            async for event in subscription:
                self.record(event)

    def record(self, event: JobEvent) -> None:
        """Count one event."""
        item = event.item
        is_started = item.is_running and item.id not in self._active
        (self._active.add if item.is_running else self._active.discard)(item.id)
        if isinstance(event, JobReused):
            self._from_storage.add(item.id)
        elif isinstance(event, JobCancelled) or item.status is DownloadStatus.DOWNLOADING:
            self._from_storage.discard(item.id)
        if isinstance(event, JobStatusChanged):
            # Stored files are delivered without the status "downloading".
            if is_started and item.attempt_count == 1 and item.started_at is not None:
                self._waited_s += (item.started_at - item.created_at).total_seconds()
                self._started += 1
        elif isinstance(event, JobFailed):
            self._ended += 1
            self._failed += 1
            self._from_storage.discard(item.id)
        elif isinstance(event, JobCompleted):
            self._ended += 1
            if item.id in self._from_storage:
                self._from_storage.remove(item.id)
                return
            self._bytes += sum(file.size_bytes for file in event.files)
            if item.started_at is not None and item.completed_at is not None:
                self._running_s += (item.completed_at - item.started_at).total_seconds()

    def snapshot(self) -> DownloadMetrics:
        """Return the counts as they are now."""
        return DownloadMetrics(
            total_downloads=self._ended,
            failed_downloads=self._failed,
            average_speed_bps=self._bytes / self._running_s if self._running_s else 0.0,
            total_bytes_downloaded=self._bytes,
            queue_wait_time_seconds=self._waited_s / self._started if self._started else 0.0,
            active_downloads=len(self._active),
        )
