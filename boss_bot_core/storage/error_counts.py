"""Counts of storage errors since this process started, by the PRD's kinds."""

from collections import Counter
from collections.abc import Mapping

from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.domain.storage import StorageErrorKind, find_storage_error_kind


class StorageErrorCounter:
    """Counts refused and failed downloads, and failed clean-ups; `counts` may be read at any time."""

    def __init__(self) -> None:
        self._counts: Counter[StorageErrorKind] = Counter()

    @property
    def counts(self) -> Mapping[StorageErrorKind, int]:
        """The counts of the kinds that have occurred, in the order of the PRD."""
        return {kind: self._counts[kind] for kind in StorageErrorKind if self._counts[kind]}

    def record(self, kind: StorageErrorKind) -> None:
        """Count an error."""
        self._counts[kind] += 1

    def record_download_error(self, error_type: ErrorType) -> None:
        """Count the error of a download, if it is a storage error."""
        if (kind := find_storage_error_kind(error_type)) is not None:
            self.record(kind)
