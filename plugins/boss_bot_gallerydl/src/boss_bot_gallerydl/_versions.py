"""The versions of one file, largest first: while a smaller one is left, the one at hand has to fit the destination."""

from typing import Any

from boss_bot_core.plugin import DownloadRequest


class Versions:
    """Which version is at hand, and how large it may be.

    Args:
        request: The download, for its limits.

    Attributes:
        limit_bytes: Largest useful size of the version at hand.
    """

    def __init__(self, request: DownloadRequest) -> None:
        self._target, self._maximum = request.target_file_size_bytes, request.max_file_size_bytes
        self._left = 0
        self.limit_bytes = self._maximum

    def read(self, file: dict[str, Any]) -> None:
        """Count the smaller versions that gallery-dl's metadata names, which may come from a generator."""
        smaller = file["_fallback"] = list(file.get("_fallback") or ())
        # The first address counts too: `begin` is called for every one.
        self._left = len(smaller) + 1

    def begin(self) -> None:
        """Go on to the first version, or the next one."""
        self._left -= 1
        self.limit_bytes = self._target if self.any_smaller else self._maximum

    @property
    def any_smaller(self) -> bool:
        """Whether a smaller version is left."""
        return self._left > 0
