"""The versions of one file: which one is tried, how large it may be, and how large a remote file is."""

from typing import Any

from boss_bot_core.plugin import DownloadRequest
from boss_bot_gallerydl._traffic import TrafficRecord


class FileVersions:
    """The versions of one file, largest first; while a smaller one is left, the current one has to fit the destination.

    Args:
        request: The download request, for its limits.

    Attributes:
        limit_bytes: Maximum useful size of the current version.
    """

    def __init__(self, request: DownloadRequest) -> None:
        self._target, self._maximum = request.target_file_size_bytes, request.max_file_size_bytes
        self._left = 0
        self.limit_bytes = self._maximum

    def read_fallbacks(self, file: dict[str, Any]) -> None:
        """Count the smaller versions that gallery-dl's metadata names, which may come from a generator."""
        smaller = file["_fallback"] = list(file.get("_fallback") or ())
        # The first address counts too, because `start_next` is called for every address.
        self._left = len(smaller) + 1

    def start_next(self) -> None:
        """Make the first or the next version the current one."""
        self._left -= 1
        self.limit_bytes = self._target if self.has_smaller else self._maximum

    @property
    def has_smaller(self) -> bool:
        """Whether a smaller version is left."""
        return self._left > 0


def measure_remote_size(extractor: Any, traffic: TrafficRecord, url: str) -> int | None:  # noqa: ANN401 - gallery-dl ships no types
    """Ask a site for the size of a file in bytes; None if the site does not tell it.

    Args:
        extractor: gallery-dl's extractor, for its session.
        traffic: Stays unchanged: a refused HEAD request says nothing about the file.
        url: Address of the file.
    """
    before = traffic.response, traffic.connection_error
    response = extractor.request(url, method="HEAD", fatal=False, retries=0, interval=False)
    traffic.response, traffic.connection_error = before
    length = response.headers.get("Content-Length", "") if response.status_code == 200 else ""
    return int(length) if length.isdecimal() else None
