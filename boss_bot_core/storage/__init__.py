"""Storage: where downloads lie on disk, under which names, how much of them and how long."""

from boss_bot_core.storage.filenames import safe_filename
from boss_bot_core.storage.layout import StorageError, StorageLayout
from boss_bot_core.storage.metadata import DownloadRecord, HistoryEntry
from boss_bot_core.storage.model import FinishedDownload, VerifiedFile
from boss_bot_core.storage.quota import Quota, Usage
from boss_bot_core.storage.retention import Retention, RetentionState, retention_state
from boss_bot_core.storage.storage import Storage
from boss_bot_core.storage.sweep import SweepReport

__all__ = [
    "DownloadRecord",
    "FinishedDownload",
    "HistoryEntry",
    "Quota",
    "Retention",
    "RetentionState",
    "Storage",
    "StorageError",
    "StorageLayout",
    "SweepReport",
    "Usage",
    "VerifiedFile",
    "retention_state",
    "safe_filename",
]
