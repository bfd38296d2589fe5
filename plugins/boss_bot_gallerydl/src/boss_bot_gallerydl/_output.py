"""gallery-dl's output object: it turns the text that gallery-dl would print into progress reports."""

from pathlib import Path
from typing import TYPE_CHECKING

from gallery_dl import exception

from boss_bot_core.plugin import Progress

if TYPE_CHECKING:
    from boss_bot_gallerydl._job import MediaJob


class ReportingOutput:
    """Implements the methods of gallery-dl's own output classes.

    Args:
        job: The job whose files are reported.
    """

    def __init__(self, job: "MediaJob") -> None:
        self._job = job

    def start(self, path: str) -> None:
        """Ignore the start of a file; the first progress report shows it."""

    def skip(self, path: str) -> None:
        """Ignore a skipped file; the job handles it."""

    def success(self, path: str) -> None:
        """Check a finished file."""
        self._job.current_file.check_file(Path(path))

    def progress(self, bytes_total: int | None, bytes_downloaded: int, bytes_per_second: int) -> None:
        """Report the received bytes.

        Raises:
            StopExtraction: The file exceeds its size limit; gallery-dl ends it.
        """
        run, current = self._job.download_run, self._job.current_file
        run.files.has_new_data = True
        if bytes_downloaded > current.versions.limit_bytes:
            # An announced length proves nothing: an endless or compressed body shows its real size here.
            current.entry.set_too_large(None, run.request.max_file_size_bytes)
            raise exception.StopExtraction
        run.request.report(
            Progress(
                downloaded_bytes=bytes_downloaded,
                total_bytes=bytes_total or None,
                filename=current.entry.name,
                file_index=current.entry.position,
                file_count=current.file_count,
            )
        )
