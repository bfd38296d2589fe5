"""The folder layout of storage: the PRD's tree below the data folder and the cache folder.

    {data}/downloads/{guild_id}/{yyyy-mm-dd}/{download_id}/metadata.json, content/{filename}, thumbnails/{filename}
    {data}/downloads/.maintenance
    {data}/.locks/
    {cache}/temp/{download_id}/

No other module joins these paths.
"""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import attrs

from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.errors import BossBotError, translate_machine_errors
from boss_bot_core.storage.filesystem import remove_tree
from boss_bot_core.storage.links import remove_linked_files

METADATA_FILE_NAME = "metadata.json"
CONTENT = "content"
EXPIRED_SUFFIX = ".expired"
THUMBNAILS = "thumbnails"
_PRIVATE = 0o700


@attrs.frozen
class StorageLayout:
    """The paths of all files and folders of storage.

    Attributes:
        data_dir: Absolute folder for files that must survive a reboot.
        cache_dir: Absolute folder for unfinished downloads; may be on another file system.
    """

    data_dir: Path
    cache_dir: Path

    @property
    def downloads(self) -> Path:
        """The folder of all stored downloads."""
        return self.data_dir / "downloads"

    @property
    def temp(self) -> Path:
        """The folder of all unfinished downloads."""
        return self.cache_dir / "temp"

    @property
    def maintenance(self) -> Path:
        """The file with the totals of the clean-ups, the metrics and the history of the clock."""
        return self.downloads / ".maintenance"

    @property
    def locks(self) -> Path:
        """The folder of the lock files."""
        return self.data_dir / ".locks"

    def prepare(self) -> None:
        """Create the folders, readable by this user only."""
        for folder in (self.data_dir, self.cache_dir, self.downloads, self.temp, self.locks):
            folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)

    def open_temp(self, item: DownloadItem) -> Path:
        """Create the folder of an unfinished download if it does not exist, and return it with what is there.

        An interrupted commit may have linked files of it: its staging folder is deleted, so that they are the next
        worker's own again.

        Raises:
            DiskFullError: The disk is full.
        """
        folder = self.temp_folder(item.id)
        with translate_machine_errors():
            remove_tree(self.staging_folder(self.download_folder(item)))
            folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
            remove_linked_files(folder)
        return folder

    def temp_folder(self, item_id: UUID) -> Path:
        """Return the folder of an unfinished download."""
        return self.temp / str(item_id)

    def day_folder(self, guild_id: int, when: datetime) -> Path:
        """Return the folder of a guild's downloads that were requested on the day (UTC) of `when`."""
        return self.downloads / str(guild_id) / when.astimezone(UTC).date().isoformat()

    def download_folder(self, item: DownloadItem) -> Path:
        """Return the folder of a stored download; it is the same for every attempt, on every day."""
        return self.day_folder(item.guild_id, item.created_at) / str(item.id)

    @staticmethod
    def staging_folder(target: Path) -> Path:
        """Return the folder in which `target` is built: beside it, so that a rename completes it."""
        return target.with_name(f".{target.name}.staging")

    @staticmethod
    def replaced_folder(target: Path) -> Path:
        """Return the path to which `target` is renamed before it is deleted, so that no reader finds a part of it."""
        return target.with_name(f".{target.name}.replaced")

    @staticmethod
    def expired_folder(target: Path) -> Path:
        """Return the path to which `target` is renamed when its retention has ended; it is deleted in any case."""
        return target.with_name(f".{target.name}{EXPIRED_SUFFIX}")


class StorageError(BossBotError):
    """Stored data is damaged; the text names the download by its id, never by a path."""
