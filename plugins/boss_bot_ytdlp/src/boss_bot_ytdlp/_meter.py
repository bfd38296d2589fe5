"""Counts the bytes of the file at hand over all its parts, tells them, and stops what grows too large.

It exists because yt-dlp counts each part (picture, sound) by itself and its own size limit only reads Content-Length.
"""

from pathlib import Path
from typing import Any

from boss_bot_core.plugin import DownloadRequest, FileTooLargeError, Progress
from boss_bot_ytdlp._units import megabytes
from boss_bot_ytdlp._versions import Version, size_of


class Meter:
    """The progress of one download, file by file.

    Args:
        request: The limits, and whom to tell.
    """

    def __init__(self, request: DownloadRequest) -> None:
        self._request = request
        self._totals: dict[str, int | None] = {}
        self._arrived: dict[str, int] = {}
        self._last = Progress(downloaded_bytes=0)
        self.file_count: int | None = 1

    def expect(self, version: Version) -> None:
        """Begin the next file, made of these parts."""
        self._totals = {part["format_id"]: size_of((part,)) for part in version}
        self._arrived = {}

    def on_progress(self, status: dict[str, Any]) -> None:
        """Take yt-dlp's word on a part (a `progress_hooks` function).

        Raises:
            FileTooLargeError: More bytes arrived, or are announced, than anybody can use.
        """
        info = status.get("info_dict") or {}
        part = str(info.get("format_id") or "")
        announced = status.get("total_bytes")
        total = announced or status.get("total_bytes_estimate")
        if total is not None:
            self._totals[part] = int(total)
        arrived = status.get("downloaded_bytes")
        self._arrived[part] = int(arrived if arrived is not None else total or 0)
        self._check(announced or 0)
        totals = list(self._totals.values())
        known = None if None in totals else sum(size for size in totals if size is not None)
        name = status.get("filename")
        self._tell(
            Progress(
                downloaded_bytes=sum(self._arrived.values()),
                total_bytes=known or None,
                filename=None if name is None else Path(name).name,
                file_index=info.get("playlist_autonumber") or 1,
                file_count=self.file_count,
            )
        )

    def on_processing(self, status: dict[str, Any]) -> None:
        """Show that ffmpeg is at work (a `postprocessor_hooks` function): silence would look like a stall."""
        if status.get("status") in {"started", "finished"}:
            self._tell(self._last)

    def _check(self, announced_bytes: int) -> None:
        limit = self._request.max_file_size_bytes
        size = max(announced_bytes, sum(self._arrived.values()))
        if size > limit:
            raise FileTooLargeError(f"The file has {megabytes(size)} or more; {megabytes(limit)} are allowed.")

    def _tell(self, progress: Progress) -> None:
        self._last = progress
        self._request.report(progress)
