"""How far a download is.

The queue at one moment, as people are shown it.
How downloads have gone since the start, in the PRD's words.
"""

from uuid import UUID

import attrs

from boss_bot_core.domain.items import DownloadItem


@attrs.frozen(kw_only=True)
class ProgressUpdate:
    """Progress update for a download.

    Attributes:
        item_id: The download.
        bytes_downloaded: Bytes so far, of all files.
        total_bytes: Bytes in all, or None while nobody knows.
        speed_bps: Bytes per second, smoothed.
        eta_seconds: Seconds left, or None while nobody knows.
        status_message: One short line.
        filename: The file at hand, as the source names it (untrusted).
        file_index: Its place, from 1; 0 before the first.
        file_count: How many there will be, when known.
    """

    item_id: UUID
    bytes_downloaded: int
    total_bytes: int | None = None
    speed_bps: float = 0.0
    eta_seconds: float | None = None
    status_message: str = ""
    filename: str | None = None
    file_index: int = 0
    file_count: int | None = None

    @property
    def fraction(self) -> float | None:
        """Share downloaded, 0 to 1, or None while the total is unknown."""
        if not self.total_bytes:
            return None
        return min(1.0, self.bytes_downloaded / self.total_bytes)


@attrs.frozen(kw_only=True)
class QueueState:
    """Represents the current state of the download queue.

    Attributes:
        items: Running items, then the waiting ones in the order in which they will start.
        active_downloads: How many run.
        total_items: How many wait.
        queue_size: How many may wait.
    """

    items: tuple[DownloadItem, ...]
    active_downloads: int
    total_items: int
    queue_size: int

    @property
    def is_full(self) -> bool:
        """Whether nothing more is admitted."""
        return self.total_items >= self.queue_size


@attrs.frozen(kw_only=True)
class QueuePosition:
    """Where a waiting item stands.

    Attributes:
        item_id: The item.
        position: From 1.
        of: How many wait.
        estimated_wait_s: Seconds until its likely start, or None before anything was measured.
    """

    item_id: UUID
    position: int
    waiting_count: int
    estimated_wait_s: float | None = None


@attrs.frozen(kw_only=True)
class DownloadMetrics:
    """Metrics for download performance monitoring, since this process started.

    Attributes:
        total_downloads: Downloads that ended, however they did; cancelled ones do not count.
        failed_downloads: Those of them that ended without their files.
        average_speed_bps: Bytes per second over the time that completed downloads ran.
        total_bytes_downloaded: Bytes of all delivered files.
        queue_wait_time_seconds: Mean time from being asked for to the first start.
        active_downloads: How many run now.
    """

    total_downloads: int = 0
    failed_downloads: int = 0
    average_speed_bps: float = 0.0
    total_bytes_downloaded: int = 0
    queue_wait_time_seconds: float = 0.0
    active_downloads: int = 0

    @property
    def success_rate(self) -> float:
        """Per cent of the downloads that brought their files; 100 before the first ended."""
        if self.total_downloads == 0:
            return 100.0
        return 100.0 * (self.total_downloads - self.failed_downloads) / self.total_downloads
