"""The conversion meter: the share of all files that is converted, and the time left, from a worker's reports.

It is pure: callers pass the time.
"""

from boss_bot_core.domain.conversion import ConversionUpdate
from boss_bot_core.plugin import ConversionProgress

MIN_MEASURED_S = 1.0
"""Time after which the time left is estimated: an encoder reads ahead before it writes anything."""


class ConversionMeter:
    """Adds up the reports of one conversion.

    Args:
        now_s: Monotonic time at its start, in seconds.
    """

    def __init__(self, now_s: float) -> None:
        self._started_at = now_s
        self._highest = 0.0

    def update(self, report: ConversionProgress, now_s: float) -> ConversionUpdate:
        """Return the progress after a report; it never goes back, whatever a plugin reports.

        Args:
            report: The worker's latest report.
            now_s: Monotonic time in seconds.
        """
        count = max(1, report.file_count)
        index = min(max(1, report.file_index), count)
        share = (index - 1 + min(1.0, max(0.0, report.fraction))) / count
        self._highest = max(self._highest, share)
        return ConversionUpdate(
            filename=report.filename,
            fraction=self._highest,
            file_index=index,
            file_count=count,
            eta_seconds=self._estimate_left_s(now_s - self._started_at),
        )

    def _estimate_left_s(self, elapsed_s: float) -> float | None:
        if elapsed_s < MIN_MEASURED_S or self._highest <= 0:
            return None
        return elapsed_s * (1 - self._highest) / self._highest
