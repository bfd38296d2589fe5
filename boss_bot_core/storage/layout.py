"""Where everything lies on disk: the PRD's tree below the data and the cache folder.

    {data}/downloads/{guild_id}/{yyyy-mm-dd}/{download_id}/metadata.json, content/{filename}
    {data}/.locks/
    {cache}/temp/{download_id}/

Nothing else in the program joins these paths.

What only storage raises.
"""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import attrs

from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.errors import BossBotError
from boss_bot_core.storage.filesystem import translate_full_disk

METADATA = "metadata.json"
CONTENT = "content"
_PRIVATE = 0o700


@attrs.frozen
class StorageLayout:
    """The tree of files.

    Attributes:
        data_dir: Absolute folder for what must outlive a reboot.
        cache_dir: Absolute folder for unfinished downloads; may be on another file system.
    """

    data_dir: Path
    cache_dir: Path

    @property
    def downloads(self) -> Path:
        """All organised downloads."""
        return self.data_dir / "downloads"

    @property
    def temp(self) -> Path:
        """All unfinished downloads."""
        return self.cache_dir / "temp"

    @property
    def locks(self) -> Path:
        """Lock files."""
        return self.data_dir / ".locks"

    def prepare(self) -> None:
        """Make the folders, readable by this user only."""
        for folder in (self.data_dir, self.cache_dir, self.downloads, self.temp, self.locks):
            folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)

    def open_temp(self, item_id: UUID) -> Path:
        """Make the folder of an unfinished download if it is not there, and return it.

        Raises:
            DiskFullError: There is no room for it.
        """
        folder = self.temp_folder(item_id)
        with translate_full_disk():
            folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
        return folder

    def temp_folder(self, item_id: UUID) -> Path:
        """Return the folder of an unfinished download."""
        return self.temp / str(item_id)

    def day_folder(self, guild_id: int, when: datetime) -> Path:
        """Return the folder of a server's downloads that were asked for on the day (UTC) of `when`."""
        return self.downloads / str(guild_id) / when.astimezone(UTC).date().isoformat()

    def download_folder(self, item: DownloadItem) -> Path:
        """Return the folder of an organised download: the same for every attempt, whenever it ends."""
        return self.day_folder(item.guild_id, item.created_at) / str(item.id)

    @staticmethod
    def staging_folder(target: Path) -> Path:
        """Return where the folder `target` is built: beside it, so that a rename is enough."""
        return target.with_name(f".{target.name}.staging")

    @staticmethod
    def replaced_folder(target: Path) -> Path:
        """Return the name under which the folder `target` is deleted, so that nobody finds half of it."""
        return target.with_name(f".{target.name}.replaced")


class StorageError(BossBotError):
    """Something in storage is not as it was left: the text names it by id, never by path."""
