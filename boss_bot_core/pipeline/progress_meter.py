"""The progress meter: computes total bytes, a smoothed speed and the time left from a worker's progress reports.

It is pure: callers pass the time. yt-dlp reports per part (video and audio are two files), gallery-dl per file.
"""

from uuid import UUID

from boss_bot_core.domain.progress import ProgressUpdate
from boss_bot_core.plugin import Progress

SMOOTHING_S = 5.0
"""Time constant of the speed's moving average, in seconds: the interval between two edits of a card."""


class ProgressMeter:
    """Adds up the progress reports of one download.

    Args:
        item_id: The download's id.
        now_s: Monotonic time in seconds.
    """

    def __init__(self, item_id: UUID, now_s: float) -> None:
        self._item_id = item_id
        self._finished_bytes = 0
        self._last: Progress | None = None
        self._measured_at = now_s
        self._measured_bytes = 0
        self._speed_bps = 0.0

    def update(self, report: Progress, now_s: float) -> ProgressUpdate:
        """Add a report and return the download's progress.

        Args:
            report: The worker's latest report.
            now_s: Monotonic time in seconds.
        """
        last = self._last
        if last is not None and (report.file_index, report.filename) != (last.file_index, last.filename):
            self._finished_bytes += last.downloaded_bytes
        self._last = report
        done = self._finished_bytes + report.downloaded_bytes
        self._measure(done, now_s)
        total = self._total(report)
        left = None if total is None or self._speed_bps <= 0 else max(0.0, (total - done) / self._speed_bps)
        return ProgressUpdate(
            item_id=self._item_id,
            bytes_downloaded=done,
            total_bytes=total,
            speed_bps=self._speed_bps,
            eta_seconds=left,
            filename=report.filename,
            file_index=report.file_index,
            file_count=report.file_count,
        )

    def _total(self, report: Progress) -> int | None:
        # The sizes of later files are unknown: the total is known only when this file is the last one.
        is_last = report.file_count is None or report.file_index >= report.file_count
        if report.total_bytes is None or not is_last:
            return None
        return max(self._finished_bytes + report.total_bytes, self._finished_bytes + report.downloaded_bytes)

    def _measure(self, done_bytes: int, now_s: float) -> None:
        elapsed_s = now_s - self._measured_at
        if elapsed_s <= 0:
            return
        current_bps = max(0, done_bytes - self._measured_bytes) / elapsed_s
        weight = 1.0 if self._speed_bps == 0 else min(1.0, elapsed_s / SMOOTHING_S)
        self._speed_bps += weight * (current_bps - self._speed_bps)
        self._measured_at, self._measured_bytes = now_s, done_bytes
