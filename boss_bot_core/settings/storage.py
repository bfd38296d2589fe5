"""The settings of storage: where things are kept, how much and how long.

Apart from the other groups because some of them depend on each other: one folder decides about all the others.
"""

from pathlib import Path

import attrs
import platformdirs

from boss_bot_core.domain.sizes import MEGABYTE
from boss_bot_core.settings.parsers import Count, DatabaseUrl, Seconds, Size

APP_NAME = "boss-bot"
DATABASE_NAME = "boss-bot.sqlite3"


@attrs.frozen(kw_only=True)
class Folders:
    """Where this program keeps things, absolute; none of them needs to be there yet.

    Attributes:
        data: Downloads, the database and the lock files.
        cache: Downloads that are not finished.
        logs: Log files.
    """

    data: Path
    cache: Path
    logs: Path


@attrs.frozen(kw_only=True)
class StorageSettings:
    """Where things are kept, how much and how long."""

    data_dir: Path | None = None
    """Folder for everything: downloads, database, cache, logs and locks. Not set means the user's usual folders."""
    database_url: DatabaseUrl | None = attrs.field(default=None, repr=False)
    """Database for the queue. Not set means a SQLite file in the data folder."""
    temp_file_retention_hours: Count = 24
    """How long delivered files are kept, so that the same link is answered at once."""
    failed_retention_hours: Count = 6
    """How long what a failed download left is kept when it can be tried again."""
    failed_temp_retention_s: Seconds = 1800.0
    """How long what a failed download left is kept when it cannot be tried again."""
    abandoned_temp_retention_s: Seconds = 3600.0
    """How long unfinished files that belong to no download are kept."""
    temp_storage_bytes: Size = 1024 * MEGABYTE
    """Room for all unfinished downloads together."""
    guild_daily_bytes: Size = 500 * MEGABYTE
    """Bytes that one server may fetch in a day (UTC)."""
    min_free_disk_bytes: Size = 256 * MEGABYTE
    """Free room that is left on the disk."""

    @property
    def folders(self) -> Folders:
        """The folders that `data_dir` stands for."""
        if self.data_dir is not None:
            return Folders(data=self.data_dir, cache=self.data_dir / "cache", logs=self.data_dir / "logs")
        dirs = platformdirs.PlatformDirs(APP_NAME, appauthor=False)
        return Folders(data=dirs.user_data_path, cache=dirs.user_cache_path, logs=dirs.user_log_path)

    @property
    def effective_database_url(self) -> str:
        """`database_url`, or the SQLite file in the data folder."""
        return self.database_url or f"sqlite+aiosqlite:///{self.folders.data / DATABASE_NAME}"
