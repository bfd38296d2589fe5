"""Storage of downloads on disk: paths, file names, records, quotas, retention and the sweep."""

from boss_bot_core.storage.error_counts import StorageErrorCounter
from boss_bot_core.storage.filenames import safe_filename
from boss_bot_core.storage.layout import StorageError, StorageLayout
from boss_bot_core.storage.metadata import DownloadRecord
from boss_bot_core.storage.model import HistoryEntry, VerifiedDownload, VerifiedFile
from boss_bot_core.storage.quota import Quota, Usage
from boss_bot_core.storage.retention import Retention, RetentionState, decide_retention_state
from boss_bot_core.storage.storage import Storage

__all__ = [
    "DownloadRecord",
    "HistoryEntry",
    "Quota",
    "Retention",
    "RetentionState",
    "Storage",
    "StorageError",
    "StorageErrorCounter",
    "StorageLayout",
    "Usage",
    "VerifiedDownload",
    "VerifiedFile",
    "decide_retention_state",
    "safe_filename",
]
