"""How downloads have gone since the start, in the PRD's words."""

import attrs


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
