"""gallery-dl's output object: what it would print becomes progress reports."""

from pathlib import Path
from typing import TYPE_CHECKING

from gallery_dl import exception

from boss_bot_core.plugin import Progress

if TYPE_CHECKING:
    from boss_bot_gallerydl._job import MediaJob


class ReportingOutput:
    """Has the methods of gallery-dl's own outputs.

    Args:
        job: Whose files they are.
    """

    def __init__(self, job: "MediaJob") -> None:
        self._job = job

    def start(self, path: str) -> None:
        """A file begins; the first progress says so."""

    def skip(self, path: str) -> None:
        """A file is left out; the job knows why."""

    def success(self, path: str) -> None:
        """A file is there."""
        self._job.settle(Path(path))

    def progress(self, bytes_total: int | None, bytes_downloaded: int, bytes_per_second: int) -> None:
        """Bytes arrived.

        Raises:
            StopExtraction: More of them than fit; gallery-dl ends the file.
        """
        errand, entry = self._job.errand, self._job.attempt.entry
        errand.ledger.moved = True
        if bytes_downloaded > self._job.attempt.versions.limit_bytes:
            # Lengths are only claims: an endless or compressed body shows its size here.
            entry.too_large(None, errand.request.max_file_size_bytes)
            raise exception.StopExtraction
        errand.request.report(
            Progress(
                downloaded_bytes=bytes_downloaded,
                total_bytes=bytes_total or None,
                filename=entry.name,
                file_index=entry.position,
                file_count=self._job.attempt.count,
            )
        )
