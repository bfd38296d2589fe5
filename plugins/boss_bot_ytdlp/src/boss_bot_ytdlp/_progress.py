"""Reports the received bytes of the current file, and stops a file that grows too large.

yt-dlp counts each part (video, audio) separately, and its own size limit reads only Content-Length. This module counts
all parts together.
"""

from typing import Any

from boss_bot_core.plugin import DownloadRequest, FileTooLargeError, Progress, format_size
from boss_bot_ytdlp._formats import Version, estimate_size
from boss_bot_ytdlp._metadata import get_file_name


class ProgressReporter:
    """Reports the progress of one download, file by file.

    Args:
        request: The size limits, and the callback for reports.

    Attributes:
        file_count: Number of files in the download, or None.
    """

    def __init__(self, request: DownloadRequest) -> None:
        self._request = request
        self._total_bytes: dict[str, int | None] = {}
        self._received_bytes: dict[str, int] = {}
        self._last = Progress(downloaded_bytes=0)
        self.file_count: int | None = 1

    def start_file(self, version: Version) -> None:
        """Start the next file, which consists of these formats."""
        self._total_bytes = {part["format_id"]: estimate_size((part,)) for part in version}
        self._received_bytes = {}

    def on_progress(self, status: dict[str, Any]) -> None:
        """Report yt-dlp's progress of one part (a `progress_hooks` function).

        Raises:
            FileTooLargeError: The received or announced bytes exceed the maximum file size.
        """
        info = status.get("info_dict") or {}
        part = str(info.get("format_id") or "")
        announced = status.get("total_bytes")
        total = announced or status.get("total_bytes_estimate")
        if total is not None:
            self._total_bytes[part] = int(total)
        received = status.get("downloaded_bytes")
        self._received_bytes[part] = int(received if received is not None else total or 0)
        self._check_size(announced or 0)
        totals = list(self._total_bytes.values())
        total_bytes = None if None in totals else sum(size for size in totals if size is not None)
        self._report(
            Progress(
                downloaded_bytes=sum(self._received_bytes.values()),
                total_bytes=total_bytes or None,
                filename=get_file_name(info, None),
                file_index=info.get("playlist_autonumber") or 1,
                file_count=self.file_count,
            )
        )

    def on_processing(self, status: dict[str, Any]) -> None:
        """Repeat the last report while ffmpeg runs (a `postprocessor_hooks` function): silence would mean a stall."""
        if status.get("status") in {"started", "finished"}:
            self._report(self._last)

    def _check_size(self, announced_bytes: int) -> None:
        limit = self._request.max_file_size_bytes
        size = max(announced_bytes, sum(self._received_bytes.values()))
        if size > limit:
            raise FileTooLargeError(f"The file has {format_size(size)} or more; {format_size(limit)} are allowed.")

    def _report(self, progress: Progress) -> None:
        self._last = progress
        self._request.report(progress)
