"""Storage: where downloads lie on disk, under which names, how much of them and how long."""

from boss_bot_core.storage.errors import StorageError
from boss_bot_core.storage.finished import FinishedDownload, VerifiedFile
from boss_bot_core.storage.janitor import SweepReport
from boss_bot_core.storage.layout import StorageLayout
from boss_bot_core.storage.names import safe_filename
from boss_bot_core.storage.quota import Quota, Usage
from boss_bot_core.storage.record import DownloadRecord, HistoryEntry
from boss_bot_core.storage.retention import Fate, Retention, fate_of
from boss_bot_core.storage.store import Storage

__all__ = [
    "DownloadRecord",
    "Fate",
    "FinishedDownload",
    "HistoryEntry",
    "Quota",
    "Retention",
    "Storage",
    "StorageError",
    "StorageLayout",
    "SweepReport",
    "Usage",
    "VerifiedFile",
    "fate_of",
    "safe_filename",
]
