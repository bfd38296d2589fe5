"""The settings of storage: folders, database, retention and quotas.

They are separate from the other sections because some of them depend on each other: `data_dir` decides about all
folders.
"""

from pathlib import Path

import attrs
import platformdirs

from boss_bot_core.domain.sizes import MEGABYTE
from boss_bot_core.settings.parsers import Count, DatabaseUrl, Seconds, Size
from boss_bot_core.settings.ranges import Days, Hour

APP_NAME = "boss-bot"
DATABASE_NAME = "boss-bot.sqlite3"


@attrs.frozen(kw_only=True)
class Folders:
    """The absolute folders of the program; they may not exist yet.

    Attributes:
        data: Downloads, the database and the lock files.
        cache: Unfinished downloads.
        logs: Log files.
    """

    data: Path
    cache: Path
    logs: Path


@attrs.frozen(kw_only=True)
class StorageSettings:
    """Folders, database, retention and quotas."""

    data_dir: Path | None = None
    """Folder for everything: downloads, database, cache, logs and locks. Not set means the user's usual folders."""
    database_url: DatabaseUrl | None = attrs.field(default=None, repr=False)
    """Database for the queue. Not set means a SQLite file in the data folder."""
    temp_file_retention_hours: Count = 24
    """How long delivered files are kept, so that the same link is answered at once."""
    premium_retention_hours: Count = 72
    """The same for servers that the bot's owner made premium."""
    failed_retention_hours: Count = 6
    """How long what a failed download left is kept when it can be tried again."""
    failed_temp_retention_s: Seconds = 1800.0
    """How long what a failed download left is kept when it cannot be tried again."""
    abandoned_temp_retention_s: Seconds = 3600.0
    """How long unfinished files that belong to no download are kept."""
    history_retention_days: Days = 30
    """Days for which the record of a finished download is kept: its link, requester and messages."""
    left_server_days: Days = 7
    """Days after which everything of a server that the bot has left is deleted, unless it is back by then."""
    quiet_hour: Hour = 4
    """Hour of this machine's clock, 0 to 23, from which the daily clean-up runs; after a sleep it runs soon."""
    temp_storage_bytes: Size = 1024 * MEGABYTE
    """Room for all unfinished downloads together. A download that does not fit beside the others waits."""
    guild_daily_bytes: Size = 500 * MEGABYTE
    """Bytes that one server may fetch in a day (UTC), what its running downloads have reserved included."""
    min_free_disk_bytes: Size = 256 * MEGABYTE
    """Free room that is left on the disk. Below it, stored files are deleted early, and requests refused."""
    blocked_hashes_file: Path | None = None
    """List of files that are never delivered: in each line a SHA-256, as sha256sum prints it; # begins a comment."""

    @property
    def folders(self) -> Folders:
        """The folders below `data_dir`, or the user's usual folders if it is not set."""
        if self.data_dir is not None:
            return Folders(data=self.data_dir, cache=self.data_dir / "cache", logs=self.data_dir / "logs")
        dirs = platformdirs.PlatformDirs(APP_NAME, appauthor=False)
        return Folders(data=dirs.user_data_path, cache=dirs.user_cache_path, logs=dirs.user_log_path)

    @property
    def effective_database_url(self) -> str:
        """`database_url`, or the SQLite file in the data folder if it is not set."""
        return self.database_url or f"sqlite+aiosqlite:///{self.folders.data / DATABASE_NAME}"

    @property
    def database_file(self) -> Path | None:
        """The SQLite file; None where the database is a server."""
        scheme, _, rest = self.effective_database_url.partition(":///")
        return Path(rest.partition("?")[0]) if scheme.startswith("sqlite") else None
