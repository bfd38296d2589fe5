"""Progress of a download, state of the queue, and metrics of all downloads, in the terms of the PRD."""

from uuid import UUID

import attrs

from boss_bot_core.domain.items import DownloadItem


@attrs.frozen(kw_only=True)
class ProgressUpdate:
    """Progress update for a download.

    Attributes:
        item_id: The download's id.
        bytes_downloaded: Bytes of all files so far.
        total_bytes: Bytes of all files in total, or None while unknown.
        speed_bps: Bytes per second, smoothed.
        eta_seconds: Seconds left, or None while unknown.
        filename: The current file, as the source names it (untrusted).
        file_index: Number of the current file, from 1; 0 before the first.
        file_count: Number of files in total, when known.
    """

    item_id: UUID
    bytes_downloaded: int
    total_bytes: int | None = None
    speed_bps: float = 0.0
    eta_seconds: float | None = None
    filename: str | None = None
    file_index: int = 0
    file_count: int | None = None

    @property
    def fraction(self) -> float | None:
        """Downloaded share, 0 to 1, or None while the total is unknown."""
        if not self.total_bytes:
            return None
        return min(1.0, self.bytes_downloaded / self.total_bytes)


@attrs.frozen(kw_only=True)
class QueueState:
    """The state of the download queue at one moment.

    Attributes:
        items: The running items, then the waiting ones in the order in which they will start.
        active_downloads: Number of running items.
        total_items: Number of waiting items.
        queue_size: Largest number of waiting items.
    """

    items: tuple[DownloadItem, ...]
    active_downloads: int
    total_items: int
    queue_size: int

    @property
    def is_full(self) -> bool:
        """Whether the queue admits no further item."""
        return self.total_items >= self.queue_size


@attrs.frozen(kw_only=True)
class QueuePosition:
    """The position of a waiting item in the queue.

    Attributes:
        item_id: The item's id.
        position: The position, from 1.
        waiting_count: Number of waiting items.
        estimated_wait_s: Estimated seconds until its start, or None before a running time was measured.
        needs_room: Whether it would start now, if there were room for it on the disk.
    """

    item_id: UUID
    position: int
    waiting_count: int
    estimated_wait_s: float | None = None
    needs_room: bool = False


@attrs.frozen(kw_only=True)
class DownloadMetrics:
    """Metrics for download performance monitoring, since this process started.

    Attributes:
        total_downloads: Completed and failed downloads; cancelled ones do not count.
        failed_downloads: Failed downloads.
        average_speed_bps: Bytes per second over the running time of completed downloads that fetched their files.
        total_bytes_downloaded: Bytes of all delivered files that were fetched; those from storage do not count.
        queue_wait_time_seconds: Mean time from the request to the first start.
        active_downloads: Number of running downloads.
    """

    total_downloads: int = 0
    failed_downloads: int = 0
    average_speed_bps: float = 0.0
    total_bytes_downloaded: int = 0
    queue_wait_time_seconds: float = 0.0
    active_downloads: int = 0

    @property
    def success_rate(self) -> float:
        """Per cent of the ended downloads that completed; 100 before the first one ended."""
        if self.total_downloads == 0:
            return 100.0
        return 100.0 * (self.total_downloads - self.failed_downloads) / self.total_downloads
