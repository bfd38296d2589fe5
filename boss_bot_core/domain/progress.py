"""How far a download is."""

from uuid import UUID

import attrs


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
